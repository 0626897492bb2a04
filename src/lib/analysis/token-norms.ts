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
