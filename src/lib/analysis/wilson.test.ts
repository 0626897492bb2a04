import { describe, expect, it } from 'vitest';
import { wilson } from './wilson';

describe('Wilson’s interval', () => {
	// Newcombe 1998, Statistics in Medicine 17, table I, method 3.
	it.each([
		[81, 263, 0.2553, 0.3662],
		[15, 148, 0.0624, 0.1605],
		[0, 20, 0, 0.1611],
		[1, 29, 0.0061, 0.1718]
	])('of %i right among %i', (right, all, low, high) => {
		const found = wilson(right, all);
		expect(found.share).toBeCloseTo(right / all, 12);
		expect(found.low).toBeCloseTo(low, 3);
		expect(found.high).toBeCloseTo(high, 3);
	});

	it('has at its ends the shares that the count is just 1.96 standard deviations from', () => {
		const { low, high } = wilson(17, 20);
		for (const end of [low, high]) {
			expect(Math.abs(0.85 - end) / Math.sqrt((end * (1 - end)) / 20)).toBeCloseTo(1.959964, 6);
		}
	});
});
