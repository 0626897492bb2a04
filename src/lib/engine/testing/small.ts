import { PLAIN_VIT, tokenCount, type ViTConfig } from '../vit/config';
import { wholePhoto } from '../whole-photo';

/** The sizes of a small ViT, all different, for what runs no model. */
export const SMALL_CONFIG: ViTConfig = {
	family: 'vit',
	...PLAIN_VIT,
	imageSize: [8, 12],
	patchSize: 4,
	channels: 3,
	depth: 2,
	heads: 2,
	dim: 4,
	mlpDim: 8,
	qkvBias: true,
	layerNormEps: 1e-6,
	classes: 3,
	positions: { grid: [2, 3], prefix: 1, resampling: 'plain' },
	preprocess: { ...wholePhoto([8, 12]), mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] }
};

export const TOKENS = tokenCount(SMALL_CONFIG);

/** A small model whose sizes all differ, so that a mix-up shows. */
export const UNEVEN_CONFIG: ViTConfig = {
	family: 'vit',
	...PLAIN_VIT,
	imageSize: [32, 48],
	patchSize: 8,
	channels: 3,
	depth: 2,
	heads: 5,
	dim: 20,
	mlpDim: 70,
	qkvBias: true,
	layerNormEps: 1e-6,
	classes: 10,
	positions: { grid: [4, 6], prefix: 1, resampling: 'plain' },
	preprocess: { ...wholePhoto([32, 48]), mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] }
};
