import { describe, expect, it } from 'vitest';
import type { Attention } from '../analysis/attention';
import { differenceOf, meanTotalVariation, signedDifference } from './difference';

/** One head over `rows x columns` patches and CLS; `row` is every query's, unless `at` gives another. */
function attention(rows: number, columns: number, row: number[], at: Record<number, number[]> = {}): Attention {
	const tokens = row.length;
	const data = Float32Array.from(Array.from({ length: tokens }, (_, query) => at[query] ?? row).flat());
	return { data, heads: 1, tokens, prefix: tokens - rows * columns, rows, columns, patchSize: 16 };
}

const looked = (one: Attention, token = 0) => ({ attention: one, head: 0, token });

describe('differenceOf', () => {
	const a = attention(1, 2, [0.5, 0.25, 0.25]);

	it('is 0 between a map and itself', () => {
		expect(differenceOf(looked(a), looked(a), 'from')).toEqual({ totalVariation: 0, jensenShannon: 0 });
	});

	it('counts what moves between CLS and the patches', () => {
		const b = attention(1, 2, [0, 0.5, 0.5]);
		expect(differenceOf(looked(a), looked(b), 'from').totalVariation).toBeCloseTo(0.5, 6);
	});

	it('counts all tokens before the patches as one place', () => {
		const registers = attention(1, 2, [0.25, 0.25, 0.25, 0.25]);
		expect(differenceOf(looked(a), looked(registers), 'from').totalVariation).toBeCloseTo(0, 6);
	});

	it('compares grids that differ by area', () => {
		const coarse = attention(1, 1, [0.5, 0.5]);
		expect(differenceOf(looked(a), looked(coarse), 'from').totalVariation).toBeCloseTo(0, 6);
		const other = attention(1, 2, [0.5, 0.5, 0]);
		expect(differenceOf(looked(other), looked(coarse), 'from').totalVariation).toBeCloseTo(0.25, 6);
	});

	it('makes columns sum to 1 first', () => {
		// Every query gives the first patch a quarter here, and a half there: the same column but for its sum.
		const b = attention(1, 2, [0.25, 0.5, 0.25]);
		expect(differenceOf(looked(a, 1), looked(b, 1), 'to').totalVariation).toBeCloseTo(0, 6);
		expect(differenceOf(looked(a, 1), looked(b, 1), 'from').totalVariation).toBeCloseTo(0.25, 6);
	});
});

describe('meanTotalVariation', () => {
	it('is the mean over the queries', () => {
		const a = attention(1, 2, [1, 0, 0]);
		const b = attention(1, 2, [1, 0, 0], { 2: [0, 0, 1] });
		expect(meanTotalVariation(looked(a), looked(b))).toBeCloseTo(1 / 3, 6);
	});

	it('is not to be had between models whose tokens differ', () => {
		const a = attention(1, 2, [1, 0, 0]);
		expect(meanTotalVariation(looked(a), looked(attention(2, 1, [1, 0, 0])))).toBeNull();
		expect(meanTotalVariation(looked(a), looked(attention(1, 2, [1, 0, 0, 0])))).toBeNull();
	});
});

describe('signedDifference', () => {
	it('is B less A on each patch', () => {
		const a = attention(1, 2, [0.5, 0.25, 0.25]);
		const b = attention(1, 2, [0.25, 0.75, 0]);
		expect(Array.from(signedDifference(looked(a), looked(b), 'from') ?? [])).toEqual([0.5, -0.25]);
	});

	it('is not to be had between grids that differ', () => {
		expect(signedDifference(looked(attention(1, 2, [1, 0, 0])), looked(attention(2, 1, [1, 0, 0])), 'from')).toBeNull();
	});
});
