import { isRecord } from '../../base/json';
import type { ViTConfig } from '../config';
import type { SwinConfig } from '../swin/config';
import { loadSwin } from '../swin/load';
import type { SwinNames } from '../swin/names';
import { readSwinConfig } from '../swin/read-config';
import { bad } from './fields';
import { loadWeights } from './load';
import type { CheckpointNames } from './names';
import { readConfig } from './read-config';
import { canonical, shapesIn, type TensorEntry } from './table';
import { Rehearsal } from './tensor-maker';
import { refuseUnlike, unknownWeights } from './unlike';

interface ViTPlan {
	readonly family: 'vit';
	readonly config: ViTConfig;
	readonly names: CheckpointNames;
}

interface SwinPlan {
	readonly family: 'swin';
	readonly config: SwinConfig;
	readonly names: SwinNames;
}

/** What a checkpoint is and where everything is that its model needs: enough to know that it can be loaded. */
export type Plan = (ViTPlan | SwinPlan) & {
	/** Numbers that the model uses. */
	readonly parameters: number;
};

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
	const shapeOf = shapesIn(tensors);
	const rehearsal = new Rehearsal(tensors);
	const vit = readConfig(config, preprocessor, shapeOf);
	if (vit) {
		loadWeights(vit.config, vit.names, rehearsal);
		return { family: 'vit', ...vit, parameters: rehearsal.parameters };
	}
	const swin = readSwinConfig(config, preprocessor, shapeOf);
	if (swin) {
		loadSwin(swin.config, swin.names, rehearsal);
		return { family: 'swin', ...swin, parameters: rehearsal.parameters };
	}
	throw unknownWeights();
}
