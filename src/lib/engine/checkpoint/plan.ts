import { isRecord } from '../../base/json';
import type { ModelConfig } from '../families';
import type { Reading } from '../reader';
import { readFiles } from '../readers';
import { canonical } from './canonical';
import { bad } from './fields';
import { shapesIn, type TensorEntry } from './table';
import { Rehearsal } from './tensor-maker';
import { refuseUnlike, unknownWeights } from './unlike';

/** What a checkpoint is and where everything is that its model needs: enough to know that it can be loaded. */
export interface Plan extends Reading<ModelConfig> {
	/** Numbers that the model uses. */
	readonly parameters: number;
}

/**
 * Plans how a checkpoint is loaded, from its small files and the table at the start of its weights alone; so whatever
 * cannot run is refused before the weights are downloaded. Needs no backend.
 * @param config parsed `config.json`
 * @param preprocessor parsed `preprocessor_config.json`, or null
 * @param table as `readSafetensors` gives it, of all parts of the checkpoint
 * @throws PatchworkError `config` or `checkpoint`, with the reason why it cannot run
 */
export function planCheckpoint(config: unknown, preprocessor: unknown, table: ReadonlyMap<string, TensorEntry>): Plan {
	if (!isRecord(config)) throw bad('is not a JSON object');
	const tensors = canonical(table);
	refuseUnlike(config, tensors);
	const found = readFiles(config, preprocessor, shapesIn(tensors));
	if (!found) throw unknownWeights(tensors);
	const { reader, reading } = found;
	const rehearsal = new Rehearsal(tensors);
	reader.ask(reading, rehearsal);
	return { ...reading, parameters: rehearsal.parameters };
}
