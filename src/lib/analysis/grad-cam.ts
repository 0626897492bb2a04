import type { TapData } from '../engine/tap';
import type { ViTConfig } from '../engine/vit/config';

/** The tap of a ViT that the map is usually made of: what the last attention reads. */
export const gradCamTap = ({ depth }: Pick<ViTConfig, 'depth'>): string => `blocks.${depth - 1}.norm1`;

/** How many tokens stand at a tap, and how many of them before the patches; of a CNN's map, places and none. */
export interface TokenPlaces {
	readonly tokens: number;
	readonly prefix: number;
}

/**
 * Grad-CAM (Selvaraju et al. 2017, arXiv 1610.02391, equations 1 and 2) of a CNN's map, or with a ViT's patches in place of
 * it: each feature is weighted by the mean of its gradient over all places, and summed for each place. The paper keeps
 * what is above 0, see {@link positivePart}.
 * @param tokens (1, n, features), those before the patches first
 * @param gradient of the class's logit with respect to them, laid out alike
 * @returns one number a patch of the grid, row by row, signed; 0 for a patch that was taken out of the run
 */
export function gradCam(
	tokens: Pick<TapData, 'data' | 'shape' | 'tokens'>,
	gradient: Pick<TapData, 'data'>,
	{ tokens: all, prefix: first }: TokenPlaces
): Float32Array {
	const [, n = 0, features = 0] = tokens.shape;
	const weights = new Float64Array(features);
	for (let i = first * features; i < n * features; i++) {
		weights[i % features] = (weights[i % features] ?? 0) + (gradient.data[i] ?? 0) / (n - first);
	}
	const map = new Float32Array(all - first);
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
