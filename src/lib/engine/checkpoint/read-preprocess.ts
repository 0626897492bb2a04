import { isRecord } from '../../json';
import type { PreprocessConfig } from '../config';
import { bad, inJson, pair, positive, triple, type Json } from './fields';

type Size = readonly [height: number, width: number];

/** What timm's `pretrained_cfg` says. @throws PatchworkError `config` */
export function timmPreprocess(pretrained: Json, imageSize: Size): PreprocessConfig {
	return {
		size: imageSize,
		cropPct: share(pretrained.crop_pct ?? 0.875),
		interpolation: interpolation(pretrained.interpolation ?? 'bicubic'),
		fit: pretrained.crop_mode === 'squash' ? 'squash' : 'shorter',
		mean: triple(pretrained.mean ?? [0.5, 0.5, 0.5], 'mean'),
		std: deviations(pretrained.std ?? [0.5, 0.5, 0.5], 'std')
	};
}

/** PIL's numbers for its filters, as preprocessor_config.json has them. */
const RESAMPLE: Readonly<Record<number, string>> = { 2: 'bilinear', 3: 'bicubic' };

/** What an image processor of transformers' does where its file says nothing. */
export interface ProcessorDefaults {
	readonly resample: 2 | 3;
	readonly mean: readonly [number, number, number];
	readonly std: readonly [number, number, number];
}

/** ViT's. */
export const VIT_PROCESSOR: ProcessorDefaults = { resample: 2, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] };
/** DeiT's and DINOv2's: the mean and standard deviation of ImageNet. */
export const IMAGENET: ProcessorDefaults = { resample: 3, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

/** Processors that resize the shorter side to a size given as one number; the others resize both sides to it. */
const BY_SHORTER_SIDE = /^(Bit|CLIP|ConvNext|LeViT)/i;

/**
 * What `preprocessor_config.json` says; where there is none, the photo is resized to `imageSize`. The result's `size`
 * is what the file leads to, which may be another than the checkpoint was trained on: DINOv2 is.
 * @throws PatchworkError `config`
 */
export function huggingfacePreprocess(
	preprocessor: unknown,
	imageSize: Size,
	defaults: ProcessorDefaults = VIT_PROCESSOR
): PreprocessConfig {
	const json = isRecord(preprocessor) ? preprocessor : {};
	const { resized, fit } = resizeOf(json, imageSize);
	const crops = json.do_center_crop === true || (json.do_center_crop === undefined && json.crop_size !== undefined);
	const size = crops ? sidesOf(json.crop_size ?? [...imageSize], 'crop_size') : fit === 'shorter' ? imageSize : resized;
	const cropPct = cropShare(size[0], resized[0]);
	if (fit === 'squash' && Math.floor(size[1] / cropPct) !== resized[1])
		throw bad(`resizes to ${resized.join(' x ')} pixels and crops ${size.join(' x ')}, which is another shape`);
	const normalises = json.do_normalize !== false;
	return {
		size,
		cropPct,
		interpolation: interpolation(RESAMPLE[Number(json.resample ?? defaults.resample)] ?? json.resample),
		fit,
		mean: normalises ? triple(json.image_mean ?? [...defaults.mean], 'image_mean') : [0, 0, 0],
		std: normalises ? deviations(json.image_std ?? [...defaults.std], 'image_std') : [1, 1, 1]
	};
}

/** What the photo is resized to before anything is cut off: both sides, or the shorter one to `resized[0]`. */
function resizeOf(json: Json, imageSize: Size): { resized: Size; fit: PreprocessConfig['fit'] } {
	const { size } = json;
	if (json.do_resize === false || size === undefined || size === null) return { resized: imageSize, fit: 'squash' };
	if (isRecord(size) && size.shortest_edge !== undefined) {
		const edge = positive(size.shortest_edge, 'size.shortest_edge');
		return { resized: [edge, edge], fit: 'shorter' };
	}
	const processor = json.image_processor_type ?? json.feature_extractor_type;
	const byShorterSide = typeof size === 'number' && BY_SHORTER_SIDE.test(String(processor));
	return { resized: sidesOf(size, 'size'), fit: byShorterSide ? 'shorter' : 'squash' };
}

/** Height and width: a number for both, a list, or an object. @throws PatchworkError `config` */
function sidesOf(value: unknown, name: string): [number, number] {
	return isRecord(value)
		? [positive(value.height, `${name}.height`), positive(value.width, `${name}.width`)]
		: pair(value, name);
}

/** Numbers to divide by. @throws PatchworkError `config` */
function deviations(value: unknown, name: string): [number, number, number] {
	const three = triple(value, name);
	if (three.every((one) => one > 0)) return three;
	throw bad(`has '${name}' = ${inJson(value)}, which one can't divide by`);
}

/** timm's `crop_pct`: a part of the resized photo, so above 0 and at most 1. */
function share(value: unknown): number {
	const part = positive(value, 'crop_pct', false);
	if (part <= 1) return part;
	throw bad(`has 'crop_pct' = ${part}, which is more than the whole photo`);
}

/** The `crop_pct` that resizes the shorter side to `edge`: half a pixel more, so that no rounding can floor it to less. */
function cropShare(size: number, edge: number): number {
	if (edge < size) throw bad(`resizes to ${edge} pixels and then crops ${size}`);
	return edge === size ? 1 : size / (edge + 0.5);
}

function interpolation(value: unknown): 'bicubic' | 'bilinear' {
	if (value === 'bicubic' || value === 'bilinear') return value;
	throw bad(`asks for the interpolation ${inJson(value)}, and we have bicubic and bilinear`);
}
