import { describe, expect, it } from 'vitest';
import { cosine, cosineMatrix, cosinesTo } from './cosine';

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

describe('cosines of many', () => {
	const rows = Float32Array.of(1, 0, 0, 2, 3, 3, 0, 0);

	it('to each row', () => {
		expect([...cosinesTo([0, 1], rows)]).toEqual([0, 1, Math.fround(Math.SQRT1_2), 0]);
	});

	it('of every row to every other, as one by one', () => {
		const matrix = cosineMatrix(rows, 2);
		for (let i = 0; i < 4; i++) {
			const one = cosinesTo(rows.subarray(2 * i, 2 * i + 2), rows);
			one.forEach((value, j) => expect(matrix[4 * i + j]).toBeCloseTo(value, 6));
		}
	});
});
