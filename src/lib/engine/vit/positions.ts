import { interpolate } from '../positions';
import type { PositionsConfig } from './config';

/**
 * The positions of all tokens of a run, from those of a checkpoint. The patches' are interpolated for the run's grid;
 * a token before the patches that has none gets zeros, so that adding them changes nothing.
 * @param stored (positions.prefix + rows * columns of positions.grid, dim)
 * @param grid rows and columns of the run
 * @param prefix tokens before the patches
 * @returns (prefix + rows * columns, dim)
 */
export function positionsFor(
	stored: Float32Array,
	dim: number,
	{ grid: from, prefix: positioned, resampling }: PositionsConfig,
	grid: readonly [rows: number, columns: number],
	prefix: number
): Float32Array {
	const patches = interpolate(stored.subarray(positioned * dim), dim, from, grid, resampling);
	const all = new Float32Array(prefix * dim + patches.length);
	all.set(stored.subarray(0, positioned * dim));
	all.set(patches, prefix * dim);
	return all;
}
