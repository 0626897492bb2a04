import { rowOf, type Attention } from '../../analysis/attention';
import { norm, quantileOf } from '../../analysis/linear';
import type { TapData } from '../../engine/tap';
import { CLS, hasCls, placeOf, type Grid } from '../../marks/tokens';

/** The Euclidean length of each token of a `(1, n, d)` tap. */
export function tokenNorms({ data, shape }: TapData): Float32Array {
	const [, tokens = 0, width = 0] = shape;
	return Float32Array.from({ length: tokens }, (_, i) => norm(data.subarray(i * width, (i + 1) * width)));
}

/** Patches that are longer than the rest, by a stated rule. */
export interface Outliers {
	/** Norms above this count: `Q3 + 3 (Q3 - Q1)` of the patches' norms, Tukey's outer fence. */
	readonly fence: number;
	/** Token numbers; of patches only. */
	readonly tokens: readonly number[];
	readonly median: number;
}

/** @param norms one a token, those before the patches first @param prefix tokens before the patches */
export function outliersOf(norms: Float32Array, prefix: number): Outliers {
	const patches = norms.slice(prefix).sort();
	const [low, median, high] = [0.25, 0.5, 0.75].map((share) => quantileOf(patches, share));
	const fence = (high ?? 0) + 3 * ((high ?? 0) - (low ?? 0));
	const tokens = [...norms.keys()].filter((token) => token >= prefix && (norms[token] ?? 0) > fence);
	return { fence, tokens, median: median ?? 0 };
}

/** What each token gets, as a mean over all queries and heads: one share a token, which sum to 1. */
export function received(a: Attention): Float32Array {
	const sums = new Float64Array(a.tokens);
	for (let head = 0; head < a.heads; head++) {
		for (let query = 0; query < a.tokens; query++) {
			for (const [key, weight] of rowOf(a, head, query).entries()) sums[key] = (sums[key] ?? 0) + weight;
		}
	}
	return Float32Array.from(sums, (sum) => sum / (a.heads * a.tokens));
}

/**
 * Where a token lies: the choices of the prediction. 0 is CLS, 1 a corner, 2 another patch of the edge, 3 inside; null is
 * another token before the patches, which is none of them.
 */
export function regionOf(token: number, grid: Grid): 0 | 1 | 2 | 3 | null {
	if (token === CLS && hasCls(grid)) return 0;
	const place = placeOf(token, grid);
	if (!place) return null;
	const { row, column } = place;
	const { rows, columns } = grid;
	const edges = Number(row === 0 || row === rows - 1) + Number(column === 0 || column === columns - 1);
	return edges === 2 ? 1 : edges === 1 ? 2 : 3;
}
