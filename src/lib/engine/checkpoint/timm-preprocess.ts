import type { PreprocessConfig, ResizeRule } from '../config';
import type { Interpolation } from '../resample';
import { roundHalfEven } from '../round';
import { bad, divisors, inJson, positive, triple, type Json } from './fields';
import { FILTERS, IMAGENET } from './processors';

type Sides = readonly [height: number, width: number];
type ByChannel = readonly [number, number, number];

const BLACK: ByChannel = [0, 0, 0];

/**
 * What timm's `pretrained_cfg` says, by the rules of timm 1.0's `resolve_data_config` and `transforms_imagenet_eval`. These
 * read `crop_pct`, `crop_mode`, `interpolation`, `mean`, `std` and the input's size, and nothing else: `fixed_input_size`
 * is for training, and `test_input_size` and `test_crop_pct` are looked at only by who asks for them (`use_test_size`).
 * A key that is left out, null or zero stands for the default.
 * @param imageSize of the input
 * @throws PatchworkError `config` naming the key
 */
export function timmPreprocess(pretrained: Json, imageSize: Sides): PreprocessConfig {
	const cropPct = positive(pretrained.crop_pct || 0.875, 'crop_pct');
	const outer = imageSize.map((side) => Math.floor(side / cropPct)) as [number, number];
	if (Math.min(...outer) < 1) throw bad(`has 'crop_pct' = ${cropPct}, which leaves nothing of the photo`);
	const mean = byChannel(pretrained.mean, 'mean', IMAGENET.mean);
	return {
		size: imageSize,
		resize: resizeRule(pretrained.crop_mode, outer),
		crops: [imageSize],
		rounding: 'half-even',
		fill: pretrained.crop_mode === 'border' ? meanColour(mean) : BLACK,
		pads: false,
		cropPct,
		interpolation: interpolationOf(pretrained, outer),
		rescale: 1 / 255,
		mean,
		std: divisors(byChannel(pretrained.std, 'std', IMAGENET.std), 'std')
	};
}

/** `squash` and `border` as they say; whatever else there is means `center`, as it does for timm. */
function resizeRule(mode: unknown, outer: Sides): ResizeRule {
	if (mode === 'squash') return { rule: 'squash', to: outer };
	if (mode === 'border') return { rule: 'within', to: outer, rounding: 'half-even' };
	return outer[0] === outer[1] ? { rule: 'shorter', edge: outer[0], longest: null } : { rule: 'cover', to: outer };
}

/** By timm's name for a filter; `random`, which it also has, is for training. */
function interpolationOf({ crop_mode: mode, interpolation }: Json, outer: Sides): Interpolation {
	// To cover an oblong input, timm resizes by its default, and does not hand on what the file says.
	if (resizeRule(mode, outer).rule === 'cover') return 'bilinear';
	const named = FILTERS.find((name) => name === (interpolation || 'bicubic'));
	if (named) return named;
	throw bad(`has 'interpolation' = ${inJson(interpolation)}, and for a photo there are ${FILTERS.join(', ')}`);
}

/** One number a channel, or one for all of them. */
function byChannel(value: unknown, name: string, otherwise: ByChannel): ByChannel {
	const values: unknown = Array.isArray(value) && value.length === 1 ? (value as unknown[])[0] : value;
	const isEmpty = !values || (Array.isArray(values) && values.length === 0);
	return triple(isEmpty ? [...otherwise] : values, name);
}

/** The colour that is a zero after normalising, as bytes. */
function meanColour(mean: ByChannel): ByChannel {
	const byte = (value: number) => Math.min(255, Math.max(0, roundHalfEven(255 * value)));
	return [byte(mean[0]), byte(mean[1]), byte(mean[2])];
}
