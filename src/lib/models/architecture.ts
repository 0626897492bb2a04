import { PatchworkError } from '../errors';
import { isRecord } from '../json';

/** `model_type` of Hugging Face's transformers. DINO (v1) calls itself `vit`. */
const HUGGING_FACE: readonly string[] = ['vit', 'deit', 'dinov2', 'dinov2_with_registers', 'swin'];
/** How timm's names begin. DINO and DINOv2 are `vit_…` there. */
const TIMM = /^(vit|deit3?|swin)_/;

/**
 * What a `config.json` calls its model. Only a first look, to spare a reader the download of a model that cannot run:
 * whether it can is decided by the engine, from the weights.
 * @throws PatchworkError `config` for one that is not of a family that runs here
 */
export function architectureOf(config: unknown, whose: string): string {
	const named = isRecord(config) ? (config['model_type'] ?? config['architecture']) : undefined;
	if (typeof named !== 'string' || named === '') {
		throw new PatchworkError(
			'config',
			`The config.json of ${whose} names no architecture, neither as timm does nor as Hugging Face does: choose another model.`
		);
	}
	const huggingFace = isRecord(config) && 'model_type' in config;
	if (huggingFace ? HUGGING_FACE.includes(named) : TIMM.test(named)) return named;
	throw new PatchworkError(
		'config',
		`${whose} is of the architecture '${named}', and only ViT, DeiT, DINO, DINOv2 and Swin run here: choose another model.`
	);
}
