import type { Pause } from '../base/slices';
import { dot, norm, rowAt, type Numbers } from './linear';

/**
 * Cosine of the angle between two vectors, in [-1, 1]; 0 when one of them has no length. The same to the last bit
 * whichever of the two comes first.
 */
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
 * Cosine of each patch's features to each other patch's, of the same photo or of a second one: which part is like which
 * (Oquab et al. 2023, DINOv2, arXiv 2304.07193, section 7.5). A photo's with its own is symmetric to the last bit, and
 * those of two photos are the same from either end.
 * @param one (n, width) @param other (m, width)
 * @param pause awaited after each row
 * @returns (n, m): values in [-1, 1]; 0 for a patch without length
 * @throws what `pause` throws
 */
export async function cosineMatrix(
	one: Float32Array,
	other: Float32Array,
	width: number,
	pause: Pause = () => undefined
): Promise<Float32Array> {
	const columns = other.length / width;
	const matrix = new Float32Array((one.length / width) * columns);
	for (let row = 0; row * width < one.length; row++) {
		await pause();
		matrix.set(cosinesTo(rowAt(one, width, row), other), row * columns);
	}
	return matrix;
}
