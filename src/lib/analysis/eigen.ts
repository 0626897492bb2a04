import type { Pause } from '../base/slices';

/** Eigenpairs of a symmetric matrix, largest eigenvalue first. */
export interface Eigen {
	readonly values: Float64Array;
	/** `values.length * n`: the unit eigenvectors, one after another. */
	readonly vectors: Float64Array;
}

const MAX_SWEEPS = 60;
const TINY = 1e-14;

/**
 * All eigenpairs of a symmetric matrix by Jacobi's method: plane rotations, each of which makes one element off the
 * diagonal zero, until they all are (Golub and Van Loan, Matrix Computations, section 8.5).
 * @param matrix `n * n`, row-major; not changed
 */
export function jacobi(matrix: Float64Array, n: number): Eigen {
	const a = matrix.slice();
	const v = identity(n);
	const scale = Math.max(...a.map(Math.abs), Number.MIN_VALUE);
	for (let sweep = 0; sweep < MAX_SWEEPS && largestOff(a, n) > TINY * scale; sweep++) {
		for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
	}
	return sorted(a, v, n);
}

function identity(n: number): Float64Array {
	return Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
}

function largestOff(a: Float64Array, n: number): number {
	let largest = 0;
	for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) largest = Math.max(largest, Math.abs(a[i * n + j] ?? 0));
	return largest;
}

/** Turns the plane of axes p and q until a_pq is zero. The rows of `v` are turned along; they become the eigenvectors. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
	const off = a[p * n + q] ?? 0;
	if (off === 0) return;
	const theta = ((a[q * n + q] ?? 0) - (a[p * n + p] ?? 0)) / (2 * off);
	const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
	const c = 1 / Math.sqrt(t * t + 1);
	const s = t * c;
	for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q, c, s);
	for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k, c, s);
	for (let k = 0; k < n; k++) turn(v, p * n + k, q * n + k, c, s);
}

function turn(x: Float64Array, i: number, j: number, c: number, s: number): void {
	const xi = x[i] ?? 0;
	const xj = x[j] ?? 0;
	x[i] = c * xi - s * xj;
	x[j] = s * xi + c * xj;
}

function sorted(a: Float64Array, v: Float64Array, n: number): Eigen {
	const value = (i: number) => a[i * (n + 1)] ?? 0;
	const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => value(j) - value(i));
	const vectors = new Float64Array(n * n);
	order.forEach((from, to) => vectors.set(v.subarray(from * n, (from + 1) * n), to * n));
	return { values: Float64Array.from(order, value), vectors };
}

const MAX_ROUNDS = 300;
/** Largest change of an eigenvalue from one round to the next, as a share of itself, that counts as none. */
const SETTLED = 1e-10;
/** The share of the largest eigenvalue below which another is not told from rounding. */
const NOTHING = 1e-13;

/**
 * The k largest eigenpairs of a symmetric matrix without negative eigenvalues, by subspace iteration: a handful of
 * vectors is multiplied with a polynomial of the matrix again and again, and each time turned to the best axes of the
 * space that they span (Rayleigh-Ritz; Golub and Van Loan, section 8.2). In slices: pauses after every few products.
 * @param matrix `n * n`, row-major
 */
export async function largestEigen(matrix: Float64Array, n: number, k: number, pause: Pause): Promise<Eigen> {
	const size = Math.min(n, 2 * k + 4);
	if (size === n && n <= 64) return firstOf(jacobi(matrix, n), n, Math.min(k, n));
	let basis = startBasis(size, n);
	orthonormalise(basis, size, n);
	let before: Float64Array = new Float64Array(size);
	for (let round = 0; round < MAX_ROUNDS; round++) {
		const image = await multiplyAll(matrix, basis, size, n, pause);
		const small = jacobi(products(basis, image, size, n), size);
		const turned = await combine(small.vectors, basis, size, n, pause);
		const turnedImage = await combine(small.vectors, image, size, n, pause);
		const done = hasSettled(before, small.values, k);
		before = small.values;
		basis = done ? turnedImage : await filter(matrix, turned, turnedImage, small.values, n, pause);
		await pause();
		orthonormalise(basis, size, n);
		if (done) break;
	}
	return firstOf({ values: before, vectors: basis }, n, Math.min(k, n));
}

/** No more products than these from one turning to the next, and no direction made larger than by this. */
const MAX_DEGREE = 16;
const MAX_GROWTH = 1e14;

/**
 * The vectors times a Chebyshev polynomial of the matrix, which is small from 0 to the smallest eigenvalue that is known
 * and grows fast above: it parts eigenvalues that lie close with far fewer products than powers do (Zhou, Saad, Tiago and
 * Chelikowsky 2006, Self-consistent-field calculations using Chebyshev-filtered subspace iteration, section 3).
 * @param image the matrix times the vectors @param values what is known of the eigenvalues, largest first
 */
async function filter(
	matrix: Float64Array,
	vectors: Float64Array,
	image: Float64Array,
	values: Float64Array,
	n: number,
	pause: Pause
): Promise<Float64Array> {
	const most = values[0] ?? 0;
	const cut = Math.max(values.at(-1) ?? 0, NOTHING * most);
	const degree = Math.min(MAX_DEGREE, Math.log(MAX_GROWTH) / Math.acosh((2 * most) / cut - 1));
	// A single power, where the largest eigenvalue would drown all others; so, too, for a matrix of zeros.
	if (!(degree >= 2)) return image;
	let before = vectors;
	let now = image.map((value, i) => (2 / cut) * value - (vectors[i] ?? 0));
	for (let i = 2; i <= degree; i++) {
		const next = await multiplyAll(matrix, now, values.length, n, pause);
		for (let at = 0; at < next.length; at++) {
			next[at] = 2 * ((2 / cut) * (next[at] ?? 0) - (now[at] ?? 0)) - (before[at] ?? 0);
		}
		[before, now] = [now, next];
	}
	return now;
}

function firstOf({ values, vectors }: Eigen, n: number, k: number): Eigen {
	return { values: values.slice(0, k), vectors: vectors.slice(0, k * n) };
}

function hasSettled(before: Float64Array, now: Float64Array, k: number): boolean {
	const nothing = NOTHING * Math.abs(now[0] ?? 0);
	for (let i = 0; i < Math.min(k, now.length); i++) {
		const value = now[i] ?? 0;
		if (Math.abs(value - (before[i] ?? 0)) > Math.max(nothing, SETTLED * Math.abs(value))) return false;
	}
	return true;
}

/** Directions that are the same every time, and along none of the axes. */
function startBasis(size: number, n: number): Float64Array {
	return Float64Array.from({ length: size * n }, (_, i) => Math.sin(12.9898 * (i + 1)) + Math.cos(0.37 * i * (i % 7)));
}

/** Gram-Schmidt, twice over, for one pass loses digits. */
function orthonormalise(basis: Float64Array, size: number, n: number): void {
	for (let i = 0; i < size; i++) {
		const row = basis.subarray(i * n, (i + 1) * n);
		for (let j = 0; j < 2 * i; j++) {
			const other = basis.subarray((j % i) * n, ((j % i) + 1) * n);
			add(row, other, -product(row, other));
		}
		const length = Math.sqrt(product(row, row));
		if (length > 0) row.forEach((value, at) => (row[at] = value / length));
	}
}

function product(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
	return sum;
}

function add(to: Float64Array, what: Float64Array, times: number): void {
	for (let i = 0; i < to.length; i++) to[i] = (to[i] ?? 0) + times * (what[i] ?? 0);
}

/**
 * A vector times each of the first `to.length` rows of a matrix. Four rows at a time: a sum waits for the addition before
 * it, and four sums need not wait for each other.
 */
export function timesRows(rows: Float64Array, vector: Float64Array, to: Float64Array): void {
	const width = vector.length;
	let row = 0;
	for (; row + 4 <= to.length; row += 4) {
		const [a, b, c, d] = [row * width, (row + 1) * width, (row + 2) * width, (row + 3) * width];
		let [sumA, sumB, sumC, sumD] = [0, 0, 0, 0];
		for (let i = 0; i < width; i++) {
			const value = vector[i] ?? 0;
			sumA += value * (rows[a + i] ?? 0);
			sumB += value * (rows[b + i] ?? 0);
			sumC += value * (rows[c + i] ?? 0);
			sumD += value * (rows[d + i] ?? 0);
		}
		to[row] = sumA;
		to[row + 1] = sumB;
		to[row + 2] = sumC;
		to[row + 3] = sumD;
	}
	for (; row < to.length; row++) to[row] = product(rows.subarray(row * width, (row + 1) * width), vector);
}

/** The matrix times each vector. */
async function multiplyAll(matrix: Float64Array, basis: Float64Array, size: number, n: number, pause: Pause) {
	const image = new Float64Array(size * n);
	for (let i = 0; i < size; i++) {
		await pause();
		timesRows(matrix, basis.subarray(i * n, (i + 1) * n), image.subarray(i * n, (i + 1) * n));
	}
	return image;
}

/** Every vector of the one times every vector of the other: `size * size`. */
function products(a: Float64Array, b: Float64Array, size: number, n: number): Float64Array {
	const result = new Float64Array(size * size);
	for (let i = 0; i < size; i++) {
		for (let j = 0; j <= i; j++) {
			result[i * size + j] = result[j * size + i] = product(
				a.subarray(i * n, (i + 1) * n),
				b.subarray(j * n, (j + 1) * n)
			);
		}
	}
	return result;
}

/** Sums of the vectors: row i of `weights` says how much of each. */
async function combine(weights: Float64Array, vectors: Float64Array, size: number, n: number, pause: Pause) {
	const result = new Float64Array(size * n);
	for (let i = 0; i < size; i++) {
		await pause();
		const to = result.subarray(i * n, (i + 1) * n);
		for (let j = 0; j < size; j++) add(to, vectors.subarray(j * n, (j + 1) * n), weights[i * size + j] ?? 0);
	}
	return result;
}
