import { dot, norm, rowAt, type Numbers } from './linear';

/** Cosine of the angle between two vectors, in [-1, 1]; 0 when one of them has no length. */
export function cosine(a: Numbers, b: Numbers): number {
	const lengths = norm(a) * norm(b);
	return lengths > 0 ? Math.max(-1, Math.min(1, dot(a, b) / lengths)) : 0;
}

/**
 * Cosine of a vector to each row of a matrix.
 * @param rows `n * vector.length` values, row-major
 * @returns n values in [-1, 1]
 */
export function cosinesTo(vector: Numbers, rows: Float32Array): Float32Array {
	const width = vector.length;
	return Float32Array.from({ length: rows.length / width }, (_, i) => cosine(vector, rowAt(rows, width, i)));
}
