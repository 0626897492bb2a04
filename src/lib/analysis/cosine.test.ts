import { describe, expect, it } from 'vitest';
import { random } from '../engine/testing/checkpoint';
import { cosine, cosineMatrix, cosinesTo } from './cosine';
import { rowAt } from './linear';

describe('cosine', () => {
	it('knows the angle, whatever the lengths', () => {
		expect(cosine([1, 0], [5, 5])).toBeCloseTo(Math.SQRT1_2, 12);
		expect(cosine([2, 1], [-4, -2])).toBeCloseTo(-1, 12);
		expect(cosine([0, 3], [7, 0])).toBe(0);
	});

	it('never leaves [-1, 1], and is 0 without length', () => {
		expect(cosine([0.1, 0.2, 0.3], [0.1, 0.2, 0.3])).toBeLessThanOrEqual(1);
		expect(cosine([0, 0], [1, 2])).toBe(0);
	});
});

it('knows the cosine to each row', () => {
	const rows = Float32Array.of(1, 0, 0, 2, 3, 3, 0, 0);
	expect([...cosinesTo([0, 1], rows)]).toEqual([0, 1, Math.fround(Math.SQRT1_2), 0]);
});

describe('the cosines of all patches', () => {
	const [width, one, other] = [24, 30, 17];
	const next = random(3);
	const rows = Float32Array.from({ length: one * width }, next);
	const others = Float32Array.from({ length: other * width }, next);
	// A patch that is all zeros, and two that are alike.
	rows.fill(0, 2 * width, 3 * width);
	rows.copyWithin(4 * width, 3 * width, 4 * width);

	it('are the same from either end, bit for bit', async () => {
		const matrix = await cosineMatrix(rows, rows, width);
		for (let i = 0; i < one; i++) {
			expect(matrix.subarray(i * one, (i + 1) * one)).toEqual(cosinesTo(rowAt(rows, width, i), rows));
			for (let j = 0; j < i; j++) expect(Object.is(matrix[i * one + j], matrix[j * one + i])).toBe(true);
		}
	});

	it('are so across two photos, too', async () => {
		const there = await cosineMatrix(rows, others, width);
		const back = await cosineMatrix(others, rows, width);
		expect(there).toHaveLength(one * other);
		for (let i = 0; i < one; i++) {
			for (let j = 0; j < other; j++) expect(Object.is(there[i * other + j], back[j * one + i])).toBe(true);
		}
	});

	it('are 1 to itself and to one alike, and 0 to one of zeros, itself included', () => {
		expect(cosinesTo(rowAt(rows, width, 3), rows)[3]).toBe(1);
		expect(cosinesTo(rowAt(rows, width, 3), rows)[4]).toBe(1);
		expect(new Set(cosinesTo(rowAt(rows, width, 2), rows))).toEqual(new Set([0]));
	});

	it('stop when the pause throws', async () => {
		const stop = () => {
			throw new Error('stopped');
		};
		await expect(cosineMatrix(rows, others, width, stop)).rejects.toThrow('stopped');
	});
});
