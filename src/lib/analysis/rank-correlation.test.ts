import { describe, expect, it } from 'vitest';
import { rankCorrelation } from './rank-correlation';

describe('rankCorrelation', () => {
	it('is 1 of one order and -1 of the other, whatever the values', () => {
		expect(rankCorrelation([1, 5, 900], [-3, 0, 0.1])).toBeCloseTo(1);
		expect(rankCorrelation([1, 5, 900], [3, 0, -7])).toBeCloseTo(-1);
	});

	// NumPy's corrcoef of the ranks gives these.
	it('shares ranks among equal values', () => {
		expect(rankCorrelation([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(0.9486832980505138, 12);
		expect(rankCorrelation([3, 1, 4, 1, 5, 9, 2, 6], [2, 7, 1, 8, 2, 8, 1, 8])).toBeCloseTo(0.19885368120992464, 12);
	});

	it('is no number where one side is all equal, and needs as many on both', () => {
		expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNaN();
		expect(() => rankCorrelation([1], [1, 2])).toThrow('1 numbers on one side and 2 on the other');
	});
});
