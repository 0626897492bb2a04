import { PatchworkError } from '../../errors';
import { isRecord } from '../../json';
import type { ModelConfig } from '../config';
import { readSwinConfig } from '../swin/read-config';
import { bad, type ShapeOf } from './fields';
import { readConfig } from './read-config';

/**
 * What a checkpoint of any family is, for pages that load no backend: as `readCheckpoint` in `families.ts` reads it,
 * without the part that puts weights anywhere.
 * @throws PatchworkError `config` or `checkpoint`
 */
export function readAnyConfig(config: unknown, preprocessor: unknown, shapeOf: ShapeOf): ModelConfig {
	if (!isRecord(config)) throw bad('is not a JSON object');
	const found = readConfig(config, preprocessor, shapeOf) ?? readSwinConfig(config, preprocessor, shapeOf);
	if (found) return found.config;
	throw new PatchworkError(
		'checkpoint',
		'The weights are not those of a Vision Transformer in timm or Hugging Face naming. Choose another model.'
	);
}
