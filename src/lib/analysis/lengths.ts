import { norm, rowAt } from './linear';

/** The Euclidean norm of each row from the given one on, in their order. @param width numbers of a row */
export function rowNorms(data: Float32Array, width: number, first = 0): number[] {
	const rows = data.length / width;
	return Array.from({ length: rows - first }, (_, i) => norm(rowAt(data, width, first + i)));
}

/** The middle value; the mean of the two middle ones of an even number; NaN of none. */
export function medianOf(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}
