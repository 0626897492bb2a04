import { describe, expect, it } from 'vitest';
import type { Attention } from '../analysis/attention';
import { lineOf } from '../views/sequence/line';
import { differenceOf, haveSameTokens, meanTotalVariation, signedDifference } from './difference';

/** One head over `rows x columns` patches and CLS; `row` is every query's, unless `at` gives another. */
function attention(rows: number, columns: number, row: number[], at: Record<number, number[]> = {}): Attention {
	const tokens = row.length;
	const data = Float32Array.from(Array.from({ length: tokens }, (_, query) => at[query] ?? row).flat());
	return { data, heads: 1, tokens, prefix: tokens - rows * columns, cls: true, rows, columns, patchSize: 16 };
}

const chosen = (one: Attention) => ({ attention: one, head: 0 });
const from = (one: Attention, token = 0) => lineOf(chosen(one), token, 'from');
const to = (one: Attention, token = 0) => lineOf(chosen(one), token, 'to');

describe('differenceOf', () => {
	const a = attention(1, 2, [0.5, 0.25, 0.25]);

	it('is 0 between a map and itself', () => {
		expect(differenceOf(from(a), from(a))).toEqual({ totalVariation: 0, jensenShannon: 0 });
	});

	it('counts what moves between CLS and the patches', () => {
		const b = attention(1, 2, [0, 0.5, 0.5]);
		expect(differenceOf(from(a), from(b)).totalVariation).toBeCloseTo(0.5, 6);
	});

	it('counts all tokens before the patches as one place', () => {
		const registers = attention(1, 2, [0.25, 0.25, 0.25, 0.25]);
		expect(differenceOf(from(a), from(registers)).totalVariation).toBeCloseTo(0, 6);
	});

	it('compares grids that differ by area', () => {
		const coarse = attention(1, 1, [0.5, 0.5]);
		expect(differenceOf(from(a), from(coarse)).totalVariation).toBeCloseTo(0, 6);
		const other = attention(1, 2, [0.5, 0.5, 0]);
		expect(differenceOf(from(other), from(coarse)).totalVariation).toBeCloseTo(0.25, 6);
	});

	it('takes what a window leaves out as nothing', () => {
		const window = { values: Float32Array.of(1, NaN), rows: 1, columns: 2, before: 0 };
		const whole = attention(1, 2, [0, 0.5, 0.5]);
		expect(differenceOf(window, from(whole)).totalVariation).toBeCloseTo(0.5, 6);
		expect(Array.from(signedDifference(window, from(whole)) ?? [])).toEqual([-0.5, 0.5]);
	});

	it('makes columns sum to 1 first', () => {
		// Every query gives the first patch a quarter here, and a half there: the same column but for its sum.
		const b = attention(1, 2, [0.25, 0.5, 0.25]);
		expect(differenceOf(to(a, 1), to(b, 1)).totalVariation).toBeCloseTo(0, 6);
		expect(differenceOf(from(a, 1), from(b, 1)).totalVariation).toBeCloseTo(0.25, 6);
	});
});

describe('meanTotalVariation', () => {
	it('is the mean over the queries', async () => {
		const a = attention(1, 2, [1, 0, 0]);
		const b = attention(1, 2, [1, 0, 0], { 2: [0, 0, 1] });
		expect(haveSameTokens(chosen(a), chosen(b))).toBe(true);
		expect(await meanTotalVariation(chosen(a), chosen(b))).toBeCloseTo(1 / 3, 6);
	});

	it('is not to be had between models whose tokens differ', () => {
		const a = attention(1, 2, [1, 0, 0]);
		expect(haveSameTokens(chosen(a), chosen(attention(2, 1, [1, 0, 0])))).toBe(false);
		expect(haveSameTokens(chosen(a), chosen(attention(1, 2, [1, 0, 0, 0])))).toBe(false);
	});
});

describe('signedDifference', () => {
	it('is B less A on each patch', () => {
		const a = attention(1, 2, [0.5, 0.25, 0.25]);
		const b = attention(1, 2, [0.25, 0.75, 0]);
		expect(Array.from(signedDifference(from(a), from(b)) ?? [])).toEqual([0.5, -0.25]);
	});

	it('is not to be had between grids that differ', () => {
		expect(signedDifference(from(attention(1, 2, [1, 0, 0])), from(attention(2, 1, [1, 0, 0])))).toBeNull();
	});
});
