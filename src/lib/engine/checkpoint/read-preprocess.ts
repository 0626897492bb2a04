import { isRecord } from '../../json';
import type { PreprocessConfig } from '../config';
import { bad, inJson, positive, triple, type Json } from './fields';

type Size = readonly [height: number, width: number];

/** What timm's `pretrained_cfg` says. @throws PatchworkError `config` */
export function timmPreprocess(pretrained: Json, imageSize: Size): PreprocessConfig {
	return {
		size: imageSize,
		cropPct: share(pretrained.crop_pct ?? 0.875),
		interpolation: interpolation(pretrained.interpolation ?? 'bicubic'),
		fit: pretrained.crop_mode === 'squash' ? 'squash' : 'shorter',
		mean: triple(pretrained.mean ?? [0.5, 0.5, 0.5], 'mean'),
		std: triple(pretrained.std ?? [0.5, 0.5, 0.5], 'std')
	};
}

/** PIL's numbers for its filters, as preprocessor_config.json has them. */
const RESAMPLE: Readonly<Record<number, string>> = { 2: 'bilinear', 3: 'bicubic' };

/**
 * What `preprocessor_config.json` says; where there is none, what transformers' ViTImageProcessor does by itself.
 * @throws PatchworkError `config`
 */
export function huggingfacePreprocess(preprocessor: unknown, imageSize: Size): PreprocessConfig {
	const json = isRecord(preprocessor) ? preprocessor : {};
	const size = isRecord(json.size) ? json.size : {};
	const shortest = size.shortest_edge;
	const crops = shortest !== undefined && json.do_center_crop !== false;
	return {
		size: imageSize,
		cropPct: crops ? cropShare(imageSize[0], positive(shortest, 'size.shortest_edge')) : 1,
		interpolation: interpolation(RESAMPLE[Number(json.resample ?? 2)] ?? json.resample),
		fit: crops ? 'shorter' : 'squash',
		mean: json.do_normalize === false ? [0, 0, 0] : triple(json.image_mean ?? [0.5, 0.5, 0.5], 'image_mean'),
		std: json.do_normalize === false ? [1, 1, 1] : triple(json.image_std ?? [0.5, 0.5, 0.5], 'image_std')
	};
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
