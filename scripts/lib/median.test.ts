import { describe, expect, it } from 'vitest';
import { median, medianInterval } from './median.ts';

const ranks = (n: number) => Array.from({ length: n }, (_, i) => n - i);

it('takes the middle of an odd number of values, and between the two middle ones of an even number', () => {
	expect(median([9, 1, 5])).toBe(5);
	expect(median([9, 1, 5, 7])).toBe(6);
});

describe('the interval of the median', () => {
	// scipy 1.17: quantile_test(range(1, n + 1), q=0, p=0.5).confidence_interval(0.95) and 1 - 2 * binom.cdf(low - 1, n, 0.5).
	it.each([
		[6, 1, 6, 0.96875],
		[8, 1, 8, 0.9921875],
		[9, 2, 8, 0.9609375],
		[15, 4, 12, 0.96484375],
		[40, 14, 27, 0.9615226917157997],
		[41, 14, 28, 0.9724668441704125],
		[100, 40, 61, 0.9647997997822951],
		// 2^-1500 is no longer a number.
		[1500, 712, 789, 0.9532389202177056]
	])('of %i values lies between the order statistics that scipy takes', (n, low, high, coverage) => {
		const interval = medianInterval(ranks(n));
		expect(interval).toMatchObject({ low, high });
		expect(interval?.coverage).toBeCloseTo(coverage, 10);
	});

	it('is wider for more confidence', () => {
		expect(medianInterval(ranks(40), 0.99)).toMatchObject({ low: 12, high: 29 });
	});

	it('is not given where no two values promise as much', () => {
		expect(medianInterval(ranks(5))).toBeNull();
		expect(medianInterval([])).toBeNull();
	});
});
