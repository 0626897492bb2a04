import type { TapData } from '../engine/tap';
import { prefixTokens, tokenCount, type ViTConfig } from '../engine/vit/config';

/** The tap that the map is usually made of: what the last attention reads. */
export const gradCamTap = ({ depth }: Pick<ViTConfig, 'depth'>): string => `blocks.${depth - 1}.norm1`;

/**
 * Grad-CAM (Selvaraju et al. 2017, arXiv 1610.02391, equations 1 and 2) with the patches' tokens in place of a convolution's
 * map: each feature is weighted by the mean of its gradient over the patches, and summed for each patch. The paper keeps
 * what is above 0, see {@link positivePart}.
 * @param tokens (1, n, features), those before the patches first
 * @param gradient of the class's logit with respect to them, laid out alike
 * @returns one number a patch of the grid, row by row, signed; 0 for a patch that was taken out of the run
 */
export function gradCam(tokens: TapData, gradient: Pick<TapData, 'data'>, config: ViTConfig): Float32Array {
	const [, n = 0, features = 0] = tokens.shape;
	const first = prefixTokens(config);
	const weights = new Float64Array(features);
	for (let i = first * features; i < n * features; i++) {
		weights[i % features] = (weights[i % features] ?? 0) + (gradient.data[i] ?? 0) / (n - first);
	}
	const map = new Float32Array(tokenCount(config) - first);
	for (let row = first; row < n; row++) {
		const values = tokens.data.subarray(row * features, (row + 1) * features);
		const patch = (tokens.tokens?.[row] ?? row) - first;
		map[patch] = values.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
	}
	return map;
}

/** What is above 0; the rest becomes 0. */
export function positivePart(map: Float32Array): Float32Array {
	return map.map((value) => Math.max(0, value));
}
