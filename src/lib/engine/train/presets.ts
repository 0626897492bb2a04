import type { CnnPlan, NetworkPlan, Recipe, ViTPlan } from './contract';

/* What a page and the command start with. */

/** Learns four shapes of 32 px within two minutes; the CNN beside it has as many parameters, within 5 %. */
export const SMALL_VIT: Omit<ViTPlan, 'classes'> = {
	kind: 'vit',
	size: 32,
	patch: 4,
	dim: 64,
	depth: 2,
	heads: 4,
	mlpRatio: 2,
	positions: true,
	pooling: 'cls',
	residuals: true,
	norms: true,
	dropout: 0,
	distilled: false
};

export const SMALL_CNN: Omit<CnnPlan, 'classes'> = { kind: 'cnn', size: 32, widths: [16, 32, 64] };

export const RECIPE: Recipe = {
	seed: 1,
	batch: 32,
	steps: 400,
	rate: 3e-3,
	warmUp: 30,
	weightDecay: 0.01,
	mirror: false,
	shift: 0
};

/** How many steps lie between two tests of a network that grows, and how many held-out pictures a test takes at most. */
export const TESTS = { every: 25, pictures: 400 } as const;

/** Of the size that the source's notebook trains on photos of 37 breeds: 324 patches and CLS. */
export const SOURCE_VIT: ViTPlan = {
	...SMALL_VIT,
	...{ size: 144, patch: 8, dim: 128, depth: 4, heads: 4, mlpRatio: 4, classes: 37 }
};

/** The small network of a kind. @param distilled for a ViT with a distillation token */
export function smallPlan(kind: NetworkPlan['kind'], classes: number, distilled = false): NetworkPlan {
	return kind === 'cnn' ? { ...SMALL_CNN, classes } : { ...SMALL_VIT, classes, distilled };
}
