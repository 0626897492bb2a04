import { describe, expect, it } from 'vitest';
import { random } from '../engine/testing/checkpoint';
import { jacobi, largestEigen } from './eigen';
import { dot, norm } from './linear';
import { pca, project } from './pca';

const none = () => undefined;

/** A symmetric matrix with these eigenvalues, along directions that are the same every time. */
function symmetric(values: readonly number[]): Float64Array {
	const n = values.length;
	const next = random(5);
	const axis = Float64Array.from({ length: n }, next);
	const squared = dot(axis, axis);
	// A reflection: its columns are orthonormal.
	const h = (i: number, j: number) => (i === j ? 1 : 0) - (2 * (axis[i] ?? 0) * (axis[j] ?? 0)) / squared;
	return Float64Array.from({ length: n * n }, (_, at) => {
		const [i, j] = [Math.floor(at / n), at % n];
		return values.reduce((sum, value, k) => sum + value * h(i, k) * h(j, k), 0);
	});
}

function residual(matrix: Float64Array, n: number, value: number, vector: Float64Array): number {
	return norm(
		Array.from({ length: n }, (_, i) => dot(matrix.subarray(i * n, (i + 1) * n), vector) - value * (vector[i] ?? 0))
	);
}

describe('eigenpairs', () => {
	it('of a matrix known by hand', () => {
		const { values, vectors } = jacobi(Float64Array.of(2, 1, 1, 2), 2);
		expect(values[0]).toBeCloseTo(3, 12);
		expect(values[1]).toBeCloseTo(1, 12);
		expect(Math.abs(vectors[0] ?? 0)).toBeCloseTo(Math.SQRT1_2, 12);
		expect(vectors[0]).toBeCloseTo(vectors[1] ?? NaN, 12);
	});

	it('come largest first, from a matrix with known ones', () => {
		const known = [0.5, 9, 4, 1, 4];
		expect([...jacobi(symmetric(known), 5).values].map((v) => Math.round(1e9 * v) / 1e9)).toEqual([9, 4, 4, 1, 0.5]);
	});

	it('the largest ones of a larger matrix, as accurate as they are settled', async () => {
		const n = 90;
		const matrix = symmetric(Array.from({ length: n }, (_, i) => 100 * 0.93 ** i));
		const { values, vectors } = await largestEigen(matrix, n, 6, none);
		expect(values).toHaveLength(6);
		values.forEach((value, i) => {
			expect(value).toBeCloseTo(100 * 0.93 ** i, 5);
			expect(residual(matrix, n, value, vectors.subarray(i * n, (i + 1) * n))).toBeLessThan(1e-2);
		});
	});

	it.each([
		['that lie close', (i: number) => 0.99 ** i],
		['that are equal by twos', (i: number) => 0.9 ** Math.floor(i / 2)],
		['of which one drowns the others', (i: number) => (i === 0 ? 1e6 : 0.9 ** i)],
		['that are mostly none', (i: number) => (i < 2 ? 3 - i : 0)]
	])('the largest ones of a matrix with eigenvalues %s', async (_, valueAt) => {
		const n = 120;
		const known = Array.from({ length: n }, (_, i) => valueAt(i));
		const matrix = symmetric(known);
		const { values, vectors } = await largestEigen(matrix, n, 3, none);
		values.forEach((value, i) => {
			expect(value / (known[0] ?? NaN)).toBeCloseTo((known[i] ?? NaN) / (known[0] ?? NaN), 9);
			const vector = vectors.subarray(i * n, (i + 1) * n);
			expect(residual(matrix, n, value, vector) / Math.max(value, 1e-9 * (known[0] ?? NaN))).toBeLessThan(1e-4);
		});
	});
});

describe('pca', () => {
	it('finds the direction of points on a line', async () => {
		const { mean, components, variances, total } = await pca([1, 1, 3, 2, 5, 3, 7, 4], 2, 2);
		expect([...mean]).toEqual([4, 2.5]);
		expect(components[0]).toBeCloseTo(2 / Math.sqrt(5), 12);
		expect(components[1]).toBeCloseTo(1 / Math.sqrt(5), 12);
		expect(variances[0]).toBeCloseTo(total, 12);
		expect(variances[1]).toBeCloseTo(0, 12);
		expect(total).toBeCloseTo(20 / 3 + 5 / 3, 12);
	});

	/** Rows of 40 numbers, which differ by 3 times a wave and 1 times another, the first row least. */
	const wave = (times: number) =>
		Float64Array.from({ length: 40 }, (_, j) => Math.sin((2 * Math.PI * times * (j + 0.5)) / 40));
	const made = (n: number) =>
		Array.from({ length: n }, (_, i) => {
			const [a, b] = [Math.cos((2 * Math.PI * i) / n), Math.sin((2 * Math.PI * i) / n)];
			return Array.from(wave(1), (value, j) => 5 + 3 * a * value + b * (wave(3)[j] ?? 0));
		}).flat();

	it.each([
		['fewer rows than columns', 12],
		['more rows than columns', 80]
	])('finds what rows were made of: %s', async (_, n) => {
		const { components, variances, total } = await pca(made(n), 40, 3);
		const first = components.subarray(0, 40);
		const second = components.subarray(40, 80);
		expect(Math.abs(dot(first, wave(1))) / norm(wave(1))).toBeCloseTo(1, 8);
		expect(Math.abs(dot(second, wave(3))) / norm(wave(3))).toBeCloseTo(1, 8);
		expect(norm(first)).toBeCloseTo(1, 10);
		expect((variances[0] ?? 0) / (variances[1] ?? 1)).toBeCloseTo(9, 6);
		expect((variances[0] ?? 0) + (variances[1] ?? 0)).toBeCloseTo(total, 8);
	});

	it('lays rows out so that their distances along the components stay', async () => {
		const rows = made(12);
		const found = await pca(rows, 40, 2);
		const at = (i: number) => project(rows.slice(40 * i, 40 * i + 40), found);
		const [a, b] = [at(0), at(5)];
		const apart = norm(rows.slice(0, 40).map((value, j) => value - (rows[200 + j] ?? 0)));
		expect(Math.hypot((a[0] ?? 0) - (b[0] ?? 0), (a[1] ?? 0) - (b[1] ?? 0))).toBeCloseTo(apart, 8);
	});

	it('points each component where its largest element is positive', async () => {
		const { components } = await pca(made(12), 40, 2);
		for (const start of [0, 40]) {
			const vector = components.subarray(start, start + 40);
			expect(Math.max(...vector)).toBeCloseTo(Math.max(...vector.map(Math.abs)), 9);
		}
	});

	it('finds nothing where nothing differs', async () => {
		expect((await pca([1, 2, 1, 2], 2, 2)).components).toHaveLength(0);
		expect((await pca([1, 2], 2, 2)).variances).toHaveLength(0);
	});

	it('pauses often in large work, and stops when the pause throws', async () => {
		const next = random(1);
		const rows = Array.from({ length: 100 * 90 }, next);
		let pauses = 0;
		await pca(rows, 90, 5, () => void pauses++);
		expect(pauses).toBeGreaterThan(200);
		const stop = () => {
			throw new Error('stopped');
		};
		await expect(pca(rows, 90, 5, stop)).rejects.toThrow('stopped');
	});

	it('reads no more than a row between two pauses', async () => {
		const width = 50;
		let [read, most] = [0, 0];
		const counting = new Proxy(Array.from({ length: 4 * width }, random(1)), {
			get(target, key) {
				if (key !== 'length') most = Math.max(most, ++read);
				return Reflect.get(target, key) as unknown;
			}
		});
		await pca(counting, width, 2, () => void (read = 0));
		expect(most).toBe(width);
	});
});
