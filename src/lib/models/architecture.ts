import { PatchworkError } from '../errors';
import { libraryOf } from '../engine/checkpoint/library';
import { TIMM_VIT } from '../engine/checkpoint/timm-names';
import { isRecord } from '../json';

/** `model_type` of Hugging Face's transformers. DINO (v1) calls itself `vit`. */
const HUGGING_FACE: readonly string[] = [
	...['vit', 'deit', 'dinov2', 'dinov2_with_registers', 'vit_mae', 'vit_msn', 'ijepa', 'swin']
];

/** Whether timm calls a model so of a family that runs here. DINO and DINOv2 are `vit_…` there. */
const isTimm = (name: string): boolean => TIMM_VIT.test(name) || /^swin_/.test(name);

/**
 * What a `config.json` calls its model. Only a first look, to spare a reader even the look at the weights: whether it can
 * run is decided by the engine, from their names and shapes.
 * @throws PatchworkError `config` for one that is not of a family that runs here
 */
export function architectureOf(config: unknown, whose: string): string {
	const isTimms = isRecord(config) && libraryOf(config) === 'timm';
	const named = isRecord(config) ? config[isTimms ? 'architecture' : 'model_type'] : undefined;
	if (typeof named !== 'string' || named === '') {
		throw new PatchworkError(
			'config',
			`The config.json of ${whose} names no architecture, neither as timm does nor as Hugging Face does: choose another model.`
		);
	}
	if (isTimms ? isTimm(named) : HUGGING_FACE.includes(named)) return named;
	throw new PatchworkError(
		'config',
		`${whose} is of the architecture '${named}', and only ViT, DeiT, DINO, DINOv2 and Swin run here: choose another model.`
	);
}
