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

/**
 * Cosine of every row of a matrix to every other.
 * @param rows `n * width` values, row-major
 * @returns `n * n` values in [-1, 1], symmetric, 1 on the diagonal but for rows without length
 */
export function cosineMatrix(rows: Float32Array, width: number): Float32Array {
	const n = rows.length / width;
	const matrix = new Float32Array(n * n);
	const unit = unitRows(rows, width);
	for (let i = 0; i < n; i++) {
		const a = unit.subarray(i * width, (i + 1) * width);
		for (let j = 0; j <= i; j++) {
			matrix[i * n + j] = matrix[j * n + i] = dot(a, unit.subarray(j * width, (j + 1) * width));
		}
	}
	return matrix;
}

function unitRows(rows: Float32Array, width: number): Float64Array {
	const unit = Float64Array.from(rows);
	for (let start = 0; start < unit.length; start += width) {
		const row = unit.subarray(start, start + width);
		const length = norm(row);
		if (length > 0) row.forEach((value, i) => (row[i] = value / length));
	}
	return unit;
}
