import { describe, expect, it } from 'vitest';
import { jensenShannon, normalised, onCommonGrid, totalVariation } from './divergence';

describe('totalVariation', () => {
	it.each([
		['equal', [0.2, 0.8], [0.2, 0.8], 0],
		['without anything in common', [1, 0, 0], [0, 0.5, 0.5], 1],
		['a quarter moved', [0.5, 0.5], [0.25, 0.75], 0.25]
	])('%s', (_, p, q, wanted) => {
		expect(totalVariation(p, q)).toBeCloseTo(wanted, 12);
		expect(totalVariation(q, p)).toBeCloseTo(wanted, 12);
	});
});

describe('jensenShannon', () => {
	it('is 0 for equal and 1 for disjoint distributions, in bits', () => {
		expect(jensenShannon([0.3, 0.7], [0.3, 0.7])).toBe(0);
		expect(jensenShannon([1, 0], [0, 1])).toBe(1);
	});

	it('is the entropy of the middle less the mean of the entropies', () => {
		const h = (p: number[]) => p.reduce((sum, x) => (x > 0 ? sum - x * Math.log2(x) : sum), 0);
		const [p, q] = [
			[0.5, 0.25, 0.25, 0],
			[0.1, 0.2, 0.3, 0.4]
		] as const;
		const middle = p.map((x, i) => (x + (q[i] ?? 0)) / 2);
		const wanted = h(middle) - (h([...p]) + h([...q])) / 2;
		expect(jensenShannon(p, q)).toBeCloseTo(wanted, 12);
		expect(jensenShannon(q, p)).toBeCloseTo(wanted, 12);
		// By hand, a half-and-half against a sure one: H(3/4) - 1/2, for the middle is three quarters and one.
		expect(jensenShannon([0.5, 0.5], [1, 0])).toBeCloseTo(0.311278, 6);
	});
});

describe('normalised', () => {
	it('sums to 1, and leaves nothing as nothing', () => {
		expect(Array.from(normalised([1, 3]))).toEqual([0.25, 0.75]);
		expect(Array.from(normalised([0, 0]))).toEqual([0, 0]);
	});
});

describe('onCommonGrid', () => {
	it('gives equal grids back', () => {
		const a = { values: [1, 2, 3, 4], rows: 2, columns: 2 };
		const b = { values: [4, 3, 2, 1], rows: 2, columns: 2 };
		expect(onCommonGrid(a, b).map((values) => Array.from(values))).toEqual([a.values, b.values]);
	});

	it('spreads a coarse patch evenly over the fine ones in it', () => {
		const coarse = { values: [4], rows: 1, columns: 1 };
		const fine = { values: [1, 1, 1, 1], rows: 2, columns: 2 };
		const [p, q] = onCommonGrid(coarse, fine);
		expect(Array.from(p)).toEqual([1, 1, 1, 1]);
		expect(Array.from(q)).toEqual([1, 1, 1, 1]);
	});

	it('cuts both where they do not divide each other, and loses nothing', () => {
		const [p, q] = onCommonGrid(
			{ values: [0.5, 0.5], rows: 1, columns: 2 },
			{ values: [0, 1, 0], rows: 1, columns: 3 }
		);
		// Cut at 1/3, 1/2 and 2/3.
		const round = (values: Float64Array) => Array.from(values, (value) => Number(value.toFixed(6)));
		expect(round(p)).toEqual([0.333333, 0.166667, 0.166667, 0.333333]);
		expect(round(q)).toEqual([0, 0.5, 0.5, 0]);
		expect(totalVariation(p, q)).toBeCloseTo(2 / 3, 12);
	});
});
