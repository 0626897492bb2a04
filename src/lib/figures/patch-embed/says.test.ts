import { describe, expect, it } from 'vitest';
import { componentsWords, filtersWords, lookOf, smoothness } from './says';

/** A flat filter, one of upright stripes, one of lying ones, and a checkerboard. */
const filters = {
	data: Float32Array.from([2, 2, 2, 2, 1, -1, 1, -1, 1, 1, -1, -1, 1, -1, -1, 1]),
	count: 4,
	channels: 1,
	side: 2
};

describe('what a filter looks like', () => {
	it('is told apart by what its means leave of it', () => {
		expect(lookOf(filters, 0)).toEqual({ flat: 1, upright: 0, lying: 0 });
		expect(lookOf(filters, 1)).toEqual({ flat: 0, upright: 1, lying: 0 });
		expect(lookOf(filters, 2)).toEqual({ flat: 0, upright: 0, lying: 1 });
		expect(lookOf(filters, 3)).toEqual({ flat: 0, upright: 0, lying: 0 });
	});

	it('is nothing where all weights are zero', () => {
		expect(lookOf({ ...filters, data: new Float32Array(16) }, 1)).toEqual({ flat: 0, upright: 0, lying: 0 });
	});

	it('is said of the plainest of each kind', () => {
		expect(filtersWords(filters)).toMatch(
			/flattest is filter 1 .*upright stripes are those of filter 2 .*of filter 3 /
		);
		expect(filtersWords({ ...filters, count: 1 })).toBe('');
	});
});

describe('how alike the neighbours in a filter are', () => {
	it('is 1 in a plain area, 0 where they are opposite one way only, and -1 on a checkerboard', () => {
		expect([0, 1, 2, 3].map((filter) => smoothness(filters, filter))).toEqual([1, 0, 0, -1]);
		expect(smoothness({ ...filters, data: new Float32Array(16) }, 1)).toBe(0);
	});

	it('does not take the end of a line, or of a channel, for a neighbour of the next', () => {
		const data = Float32Array.from([1, 1, 1, 1, -1, -1, -1, -1]);
		expect(smoothness({ data, count: 1, channels: 2, side: 2 }, 0)).toBe(1);
	});

	it('is said as how many there are of each kind', () => {
		expect(componentsWords(filters)).toMatch(/in 1 of 4, .* alike.*; in 1 they are opposite.*; the other 2 are/);
		expect(componentsWords({ ...filters, side: 1 })).toBe('');
	});
});
