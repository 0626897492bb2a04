import type { PreprocessConfig } from './config';

/** The plainest preprocessing: the whole photo squashed to the input's size, and its bytes as numbers from 0 to 1. */
export function wholePhoto(size: PreprocessConfig['size']): PreprocessConfig {
	return {
		size,
		resize: { rule: 'squash', to: size },
		crops: [],
		rounding: 'floor',
		fill: [0, 0, 0],
		pads: false,
		cropPct: null,
		interpolation: 'bicubic',
		rescale: 1 / 255,
		mean: [0, 0, 0],
		std: [1, 1, 1]
	};
}
