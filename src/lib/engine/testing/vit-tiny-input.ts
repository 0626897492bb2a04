import { timmPreprocess } from '../checkpoint/timm-preprocess';

/** The reference pipeline of ViT-Tiny, as timm's evaluation transform runs it with Pillow. */
export const VIT_TINY_INPUT = timmPreprocess(
	{ crop_pct: 0.9, interpolation: 'bicubic', mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
	[224, 224]
);
