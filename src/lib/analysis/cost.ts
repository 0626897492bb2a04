import { headInputs, prefixTokens, tokenCount, type ViTConfig } from '../engine/vit/config';
import { bytesOfRun } from '../engine/resolution';

/** What decides how much one encoder block computes. */
export type BlockSizes = Pick<ViTConfig, 'dim' | 'mlpDim' | 'mlp'>;

/** How many matrices of d x m the feed-forward part has: with a gate, one more. */
export function mlpMatrices({ mlp }: Pick<ViTConfig, 'mlp'>): number {
	return mlp === 'swiglu' ? 3 : 2;
}

/** The multiply-adds of one encoder block, by how they grow with the number of tokens. */
export interface BlockCost {
	/** Query, key, value and output projections, and the layers of the MLP: grows as n. */
	readonly linear: number;
	/** Scores and weighted sums of all heads together: grows as n squared. */
	readonly attention: number;
	readonly total: number;
}

/**
 * Multiply-adds of one encoder block on n tokens of width d, with m hidden values in the MLP:
 *
 *     4 n d^2 + 2 n d m    four projections (d x d each) and two layers (d x m, m x d)
 *     2 n^2 d              the scores (n x n, d products each) and the weighted sums of the values
 *
 * With m = 4d, as in a standard ViT, that is 12 n d^2 + 2 n^2 d; with a gate there is a third layer of d x m. The
 * attention part is equation 1 of Liu et al., "Swin Transformer" (arXiv 2103.14030) with n = hw; like there, biases,
 * softmax, normalisation and GELU are left out.
 */
export function blockCost(n: number, sizes: BlockSizes): BlockCost {
	const { dim, mlpDim } = sizes;
	const linear = 4 * n * dim ** 2 + mlpMatrices(sizes) * n * dim * mlpDim;
	const attention = 2 * n ** 2 * dim;
	return { linear, attention, total: linear + attention };
}

/**
 * Multiply-adds of global attention over `places` patches of width `dim`: 4 hw C^2 + 2 (hw)^2 C, equation 1 of Liu et
 * al. (arXiv 2103.14030). There is no CLS token in it.
 */
export function globalAttentionCost(places: number, dim: number): number {
	return 4 * places * dim ** 2 + 2 * places ** 2 * dim;
}

/**
 * Multiply-adds of attention inside windows of `window * window` patches: 4 hw C^2 + 2 M^2 hw C, equation 2 of Liu et
 * al. (arXiv 2103.14030). `places` includes the padding, where the grid needs any.
 */
export function windowAttentionCost(places: number, dim: number, window: number): number {
	return 4 * places * dim ** 2 + 2 * window ** 2 * places * dim;
}

/** What one run of a model asks for, at the size of its input. */
export interface RunCost {
	readonly tokens: number;
	/**
	 * Multiply-adds: of the patch embedding, all blocks, the pooling and the head; biases, norms, activations and the turns
	 * of rotary positions, which all grow as n d, are left out.
	 */
	readonly multiplyAdds: number;
	/** Memory of all its intermediates, in bytes; a run keeps fewer where these are many, see `engine/lean.ts`. */
	readonly bytes: number;
}

/** What a run would cost before it is made: of a model at its own size, or (see `resized`) at another. */
export function runCost(config: ViTConfig): RunCost {
	const { patchSize, channels, dim, depth, classes, distillationHead, projectionDim } = config;
	const tokens = tokenCount(config);
	const patches = tokens - prefixTokens(config);
	const embedding = patches * channels * patchSize ** 2 * dim;
	const head = classes * (headInputs(config) + (distillationHead ? dim : 0));
	const blocks = depth * blockCost(tokens, config).total;
	const multiplyAdds = embedding + blocks + poolCost(tokens, config) + head + projectionDim * dim;
	return { tokens, multiplyAdds, bytes: bytesOfRun(config) };
}

/** Of a pooling by a learned query: its query, keys and values, both products, its output and its feed-forward part. */
function poolCost(n: number, { dim, poolMlpDim, pooling }: ViTConfig): number {
	return pooling === 'map' ? (2 * n + 2) * dim ** 2 + 2 * n * dim + 2 * dim * poolMlpDim : 0;
}

/** The number of tokens at which the part that grows as n squared has caught up with the rest: 2d + m, gated 2d + 1.5m. */
export function breakEven(sizes: BlockSizes): number {
	return 2 * sizes.dim + (mlpMatrices(sizes) / 2) * sizes.mlpDim;
}

/**
 * Tokens of an image that is cut into patches of another size: its patches and what the model puts before them. All
 * lengths in pixels; the patch size must divide both sides.
 */
export function tokensFor(
	imageSize: ViTConfig['imageSize'],
	patchSize: number,
	config: Parameters<typeof prefixTokens>[0]
): number {
	return prefixTokens(config) + imageSize.reduce((product, side) => product * (side / patchSize), 1);
}

/** Whether the image is a whole number of patches of this size, both ways. */
export function divides(imageSize: ViTConfig['imageSize'], patchSize: number): boolean {
	return patchSize > 0 && imageSize.every((side) => side % patchSize === 0);
}
