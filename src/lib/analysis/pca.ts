import { largestEigen, timesRows } from './eigen';
import type { Pause } from '../base/slices';
import type { Numbers } from './linear';

/** Principal components of some rows. */
export interface Pca {
	/** (width): the mean row. */
	readonly mean: Float64Array;
	/** `count * width`: unit directions, one after another, most variance first; the largest element of each is positive. */
	readonly components: Float64Array;
	/** (count): variance along each, divided by the number of rows less one. */
	readonly variances: Float64Array;
	/** Variance of the rows in all directions together. */
	readonly total: number;
	readonly width: number;
}

/**
 * The directions in which some rows differ most (principal component analysis): eigenvectors of their covariance. Where
 * there are fewer rows than columns, of the rows' products instead, which is less work and gives the same.
 * @param rows `n * width` values, row-major
 * @param count directions wanted; fewer come back when the rows have no more
 * @param pause called between slices of a few milliseconds
 */
export async function pca(rows: Numbers, width: number, count: number, pause: Pause = () => undefined): Promise<Pca> {
	const n = Math.floor(rows.length / width);
	const { centred, mean, squares } = await centre(rows, n, width, pause);
	const total = squares / Math.max(1, n - 1);
	const wanted = Math.max(0, Math.min(count, n - 1, width));
	if (wanted === 0 || total === 0) {
		return { mean, components: new Float64Array(), variances: new Float64Array(), total, width };
	}
	const dual = n < width;
	const side = dual ? n : width;
	const vectors = dual ? centred : await transpose(centred, n, width, pause);
	const { values, vectors: found } = await largestEigen(await gram(vectors, side, pause), side, wanted, pause);
	const components = dual ? await combineRows(found, centred, wanted, n, width, pause) : found;
	for (let i = 0; i < wanted; i++) direct(components.subarray(i * width, (i + 1) * width));
	return { mean, components, variances: values.map((value) => Math.max(0, value) / (n - 1)), total, width };
}

/** A row's coordinates along the components. */
export function project(row: Numbers, { mean, components, variances, width }: Pca): Float64Array {
	return Float64Array.from(variances, (_, i) => {
		let sum = 0;
		for (let j = 0; j < width; j++) sum += ((row[j] ?? 0) - (mean[j] ?? 0)) * (components[i * width + j] ?? 0);
		return sum;
	});
}

/** The rows less their mean, and the sum of the squares of what is left. */
async function centre(rows: Numbers, n: number, width: number, pause: Pause) {
	const mean = new Float64Array(width);
	for (let i = 0; i < n; i++) {
		await pause();
		for (let j = 0; j < width; j++) mean[j] = (mean[j] ?? 0) + (rows[i * width + j] ?? 0);
	}
	// Divided last: equal float32 numbers then have exactly themselves as their mean, and nothing that differs.
	mean.forEach((sum, j) => (mean[j] = sum / n));
	const centred = new Float64Array(n * width);
	let squares = 0;
	for (let i = 0; i < n; i++) {
		await pause();
		for (let j = 0; j < width; j++) {
			const value = (rows[i * width + j] ?? 0) - (mean[j] ?? 0);
			centred[i * width + j] = value;
			squares += value * value;
		}
	}
	return { centred, mean, squares };
}

async function transpose(matrix: Float64Array, rows: number, columns: number, pause: Pause): Promise<Float64Array> {
	const result = new Float64Array(matrix.length);
	for (let j = 0; j < columns; j++) {
		await pause();
		for (let i = 0; i < rows; i++) result[j * rows + i] = matrix[i * columns + j] ?? 0;
	}
	return result;
}

/** Products of all rows with each other: `n * n`. */
async function gram(rows: Float64Array, n: number, pause: Pause): Promise<Float64Array> {
	const width = rows.length / n;
	const result = new Float64Array(n * n);
	for (let i = 0; i < n; i++) {
		await pause();
		timesRows(rows, rows.subarray(i * width, (i + 1) * width), result.subarray(i * n, i * n + i + 1));
		for (let j = 0; j < i; j++) result[j * n + i] = result[i * n + j] ?? 0;
	}
	return result;
}

/** From eigenvectors of the rows' products to directions: the rows, weighted with each and summed. */
async function combineRows(
	weights: Float64Array,
	rows: Float64Array,
	count: number,
	n: number,
	width: number,
	pause: Pause
) {
	const result = new Float64Array(count * width);
	for (let c = 0; c < count; c++) {
		await pause();
		for (let i = 0; i < n; i++) {
			const weight = weights[c * n + i] ?? 0;
			for (let j = 0; j < width; j++)
				result[c * width + j] = (result[c * width + j] ?? 0) + weight * (rows[i * width + j] ?? 0);
		}
	}
	return result;
}

/** To length 1, and so that the largest element is positive: which way an eigenvector points is nobody's choice. */
function direct(vector: Float64Array): void {
	let largest = 0;
	let squares = 0;
	for (const value of vector) {
		if (Math.abs(value) > Math.abs(largest)) largest = value;
		squares += value * value;
	}
	const scale = Math.sign(largest) / Math.sqrt(squares);
	if (Number.isFinite(scale)) vector.forEach((value, i) => (vector[i] = value * scale));
}
