import type { PreprocessConfig } from '../config';

/** The reference pipeline of ViT-Tiny, as timm's evaluation transform runs it with Pillow. */
export const VIT_TINY_INPUT: PreprocessConfig = {
	size: [224, 224],
	cropPct: 0.9,
	interpolation: 'bicubic',
	fit: 'shorter',
	mean: [0.5, 0.5, 0.5],
	std: [0.5, 0.5, 0.5]
};
