import type { TensorInfo } from '@tensorflow/tfjs-core';
import { asRows } from './arguments';
import type { RangedName } from './module';
import type { Runner } from './runner';

/* Where kernels may be cut between threads: what they count as one unit, as `assembly` has it. */

const [PANEL_COLUMNS, BAND_ROWS, STRIPE] = [8, 6, 16];

/** Eight columns of a product each. */
export const panels = (columns: number): number => Math.ceil(columns / PANEL_COLUMNS);

/** Six rows of a transposed product each. */
export const bands = (rows: number): number => Math.ceil(rows / BAND_ROWS);

/** Sixteen neighbouring numbers each. */
export const stripes = (numbers: number): number => Math.ceil(numbers / STRIPE);

/** What a number costs, in multiplications and additions: by how long each took beside a product, to within a factor of two. */
export const WORK = {
	gelu: 32,
	softmax: 32,
	softmaxBack: 8,
	layerNorm: 12,
	layerNormBack: 24,
	sums: 4,
	copy: 4
} as const;

/** A kernel that makes row after row of `shaped`; its last own argument is their length. */
export function runRows(
	runner: Runner,
	kernel: RangedName,
	args: readonly number[],
	shaped: TensorInfo,
	workEach: number
): void {
	const { rows, length } = asRows(shaped);
	runner.run({ kernel, args: [...args, length], units: rows, work: rows * length * workEach });
}

/** A kernel that makes number after number of `shaped`; its last own argument is how many there are. */
export function runStripes(
	runner: Runner,
	kernel: RangedName,
	args: readonly number[],
	shaped: TensorInfo,
	workEach: number
): void {
	const { rows, length } = asRows(shaped);
	const numbers = rows * length;
	runner.run({ kernel, args: [...args, numbers], units: stripes(numbers), work: numbers * workEach });
}
