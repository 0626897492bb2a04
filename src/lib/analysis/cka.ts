import type { Pause } from '../base/slices';
import { dot, type Numbers } from './linear';

/**
 * The products of all rows with each other after each feature's mean was taken off, which is all that {@link linearCka}
 * needs to know of some features of some photos.
 * @param rows one a photo, all of one length: features of any number
 * @param pause awaited before each row
 * @returns (photos, photos), symmetric, row-major; every row sums to 0
 */
export async function centredGram(rows: readonly Numbers[], pause: Pause = () => undefined): Promise<Float64Array> {
	const n = rows.length;
	const gram = new Float64Array(n * n);
	for (const [i, row] of rows.entries()) {
		await pause();
		for (let j = 0; j <= i; j++) gram[i * n + j] = gram[j * n + i] = dot(row, rows[j] ?? []);
	}
	return centred(gram, n);
}

/** Rows and columns less their means: the products of centred features, without centring them. */
function centred(gram: Float64Array, n: number): Float64Array {
	const means = Float64Array.from({ length: n }, (_, i) => sumOf(gram.subarray(i * n, (i + 1) * n)) / n);
	const all = sumOf(means) / n;
	return gram.map((value, i) => value - (means[Math.floor(i / n)] ?? 0) - (means[i % n] ?? 0) + all);
}

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

/**
 * Linear centred kernel alignment (Kornblith et al. 2019, arXiv 1905.00414, equations 3 to 5): how alike two sets of
 * features lay out the same photos, `|Y^T X|^2 / (|X^T X| |Y^T Y|)` in Frobenius norms of the centred features, which is
 * the cosine of the two tables; the biased estimate. In [0, 1], and not changed by a rotation or an overall scale of the
 * features; NaN where one is the same for all.
 * @param a {@link centredGram} of the one's features
 * @param b of the other's, of the same photos in the same order
 */
export function linearCka(a: Float64Array, b: Float64Array): number {
	return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
