import type { TapData } from '../engine/tap';
import { norm, quantileOf, rowAt } from './linear';

/** The Euclidean length of each row. @param tap (1, n, features) @returns (n) */
export function tokenNorms({ data, shape }: Pick<TapData, 'data' | 'shape'>): Float32Array {
	const [, n = 0, features = 0] = shape;
	return Float32Array.from({ length: n }, (_, row) => norm(rowAt(data, features, row)));
}

/**
 * How many times the median of some lengths the longest is: what tells the few tokens in which large models keep notes of
 * the whole picture (Darcet et al. 2023, arXiv 2309.16588, section 2.1). NaN of no lengths.
 */
export function longestOverMedian(norms: Float32Array): number {
	const sorted = norms.toSorted();
	return (sorted.at(-1) ?? NaN) / quantileOf(sorted, 0.5);
}

/** Patches that are longer than the rest, by a stated rule. */
export interface Outliers {
	/** Norms above this count: `Q3 + 3 (Q3 - Q1)` of the patches' norms, Tukey's outer fence. */
	readonly fence: number;
	/** `[Q1, Q3]` of the patches' norms: below the first lies a quarter of them, above the second another. */
	readonly quartiles: readonly [number, number];
	/** Token numbers; of patches only. */
	readonly tokens: readonly number[];
	readonly median: number;
}

/**
 * @param norms one a token, those before the patches first; NaN for one that a run took out, which counts for nothing
 * @param prefix tokens before the patches
 */
export function outliersOf(norms: Float32Array, prefix: number): Outliers {
	const patches = norms
		.slice(prefix)
		.filter((norm) => !Number.isNaN(norm))
		.sort();
	const [low = 0, median = 0, high = 0] = [0.25, 0.5, 0.75].map((share) => quantileOf(patches, share));
	const fence = high + 3 * (high - low);
	const tokens = [...norms.keys()].filter((token) => token >= prefix && (norms[token] ?? 0) > fence);
	return { fence, quartiles: [low, high], tokens, median };
}

/** The lengths of a block's tokens, those of the patches apart from those before them. */
export interface TokenLengths extends Outliers {
	/** CLS, registers and their like, in the order in which they stand. NaN for one that the run took out. */
	readonly before: readonly number[];
	/** (patches), row by row. NaN for one that the run took out. */
	readonly patches: Float32Array;
}

/**
 * What registers change: without them some patches of a large model grow far longer than the others, and with them the
 * registers do so instead (Darcet et al. 2023, arXiv 2309.16588, sections 2.1 and 3).
 * @param tap (1, n, features), mostly a block's output @param prefix tokens before the patches
 * @param count all tokens of the sequence, those that the run took out included
 */
export function tokenLengths(
	tap: Pick<TapData, 'data' | 'shape' | 'tokens'>,
	prefix: number,
	count: number
): TokenLengths {
	const norms = new Float32Array(count).fill(NaN);
	tokenNorms(tap).forEach((norm, row) => (norms[tap.tokens?.[row] ?? row] = norm));
	return { ...outliersOf(norms, prefix), before: [...norms.subarray(0, prefix)], patches: norms.subarray(prefix) };
}
