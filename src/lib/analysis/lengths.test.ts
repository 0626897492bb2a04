import { describe, expect, it } from 'vitest';
import { medianOf, rowNorms } from './lengths';

describe('lengths', () => {
	it('are of the rows from one on', () => {
		expect(rowNorms(Float32Array.of(100, 100, 3, 4, 0, 1), 2, 1)).toEqual([5, 1]);
	});

	it('have a middle, whichever is the largest', () => {
		expect(medianOf([3, 1, 100])).toBe(3);
		expect(medianOf([4, 1, 2, 100])).toBe(3);
		expect(medianOf([7])).toBe(7);
		expect(medianOf([])).toBeNaN();
	});
});
