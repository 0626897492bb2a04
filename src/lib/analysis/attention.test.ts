import { describe, expect, it } from 'vitest';
import {
	attentionDistance,
	attentionDistanceFrom,
	clsPart,
	columnOf,
	entropy,
	headEntropy,
	meanOverHeads,
	patchPart,
	rowOf,
	type Attention
} from './attention';

/** An attention over a grid with one CLS token, its weights given by a function of (head, query, key). */
function attention(
	weight: (head: number, query: number, key: number) => number,
	{ heads = 1, rows = 2, columns = 2, patchSize = 16 } = {}
): Attention {
	const tokens = 1 + rows * columns;
	const data = Float32Array.from({ length: heads * tokens * tokens }, (_, i) =>
		weight(Math.floor(i / (tokens * tokens)), Math.floor(i / tokens) % tokens, i % tokens)
	);
	return { data, heads, tokens, prefix: 1, cls: true, rows, columns, patchSize };
}

const numbered = attention((head, query, key) => 100 * head + 10 * query + key, { heads: 2 });

describe('rows and columns', () => {
	it('reads a row as what a token attends to', () => {
		expect([...rowOf(numbered, 1, 2)]).toEqual([120, 121, 122, 123, 124]);
	});

	it('reads a column as what attends to a token', () => {
		expect([...columnOf(numbered, 1, 2)]).toEqual([102, 112, 122, 132, 142]);
	});

	it('gives rows as views and columns as copies', () => {
		expect(rowOf(numbered, 0, 0).buffer).toBe(numbered.data.buffer);
		expect(columnOf(numbered, 0, 0).buffer).not.toBe(numbered.data.buffer);
	});

	it('leaves the CLS token out of the patches', () => {
		expect([...patchPart(rowOf(numbered, 0, 0), 1)]).toEqual([1, 2, 3, 4]);
	});

	it('keeps what goes to CLS apart, and knows that the first token of a model without it is another', () => {
		expect(clsPart(numbered, rowOf(numbered, 1, 2))).toBe(120);
		expect(clsPart({ cls: false }, rowOf(numbered, 1, 2))).toBeNull();
	});

	it('averages over heads', () => {
		const mean = meanOverHeads(numbered);
		expect(mean.heads).toBe(1);
		expect([...rowOf(mean, 0, 2)]).toEqual([70, 71, 72, 73, 74]);
	});

	it.each([
		['head', 2, 0],
		['head', -1, 0],
		['token', 0, 5],
		['token', 0, 0.5]
	])('refuses a %s that is not there', (what, head, token) => {
		expect(() => rowOf(numbered, head, token)).toThrow(`There is no ${what}`);
		expect(() => columnOf(numbered, head, token)).toThrow(`There is no ${what}`);
		expect(() => attentionDistanceFrom(numbered, head, token)).toThrow(`There is no ${what}`);
	});
});

describe('entropy', () => {
	it('is ln n for uniform attention', () => {
		const uniform = attention(() => 1 / 5);
		expect(entropy(rowOf(uniform, 0, 3))).toBeCloseTo(Math.log(5), 6);
		expect(headEntropy(uniform, 0)).toBeCloseTo(Math.log(5), 6);
	});

	it('is 0 where all attention goes to one token', () => {
		expect(entropy([0, 1, 0])).toBe(0);
		expect(entropy([1])).toBe(0);
	});

	it('is computed in nats', () => {
		expect(entropy([0.5, 0.25, 0.25])).toBeCloseTo(1.5 * Math.LN2, 12);
	});

	it('is averaged over the queries of a head', () => {
		const half = attention((_, query, key) => (query === 0 ? 1 / 5 : Number(query === key)));
		expect(headEntropy(half, 0)).toBeCloseTo(Math.log(5) / 5, 6);
	});
});

describe('attention distance', () => {
	it('is 0 for identity attention', () => {
		expect(
			attentionDistance(
				attention((_, query, key) => Number(query === key)),
				0
			)
		).toBe(0);
	});

	it('is what a hand computes on a 2 x 2 grid', () => {
		// From the top left patch: 0.4 stays, 0.3 goes one patch right, 0.2 one down, 0.1 one across; CLS's 0.5 is left out.
		const row = [0.5, 0.2, 0.15, 0.1, 0.05];
		const a = attention((_, query, key) => (query === 1 ? (row[key] ?? 0) : Number(query === key)));
		const expected = 16 * (0.3 + 0.2 + 0.1 * Math.SQRT2);
		expect(attentionDistanceFrom(a, 0, 1)).toBeCloseTo(expected, 5);
		expect(attentionDistanceFrom(a, 0, 2)).toBe(0);
		expect(attentionDistance(a, 0)).toBeCloseTo(expected / 4, 5);
	});

	it('tells rows from columns', () => {
		// Every patch of a 2 x 3 grid attends to the last one, which is one row down and two columns right of the first.
		const a = attention((_, _query, key) => Number(key === 6), { rows: 2, columns: 3, patchSize: 10 });
		expect(attentionDistanceFrom(a, 0, 1)).toBeCloseTo(10 * Math.sqrt(5), 6);
		expect(attentionDistanceFrom(a, 0, 3)).toBeCloseTo(10, 6);
		expect(attentionDistanceFrom(a, 0, 4)).toBeCloseTo(20, 6);
	});

	it('has no value for CLS, nor for a patch that looks only at CLS', () => {
		const a = attention((_, query, key) => Number(key === (query === 1 ? 0 : 4)));
		expect(attentionDistanceFrom(a, 0, 0)).toBeNull();
		expect(attentionDistanceFrom(a, 0, 1)).toBeNull();
		expect(attentionDistance(a, 0)).toBeCloseTo((16 * (Math.SQRT2 - Math.SQRT2 + 1 + 1 + 0)) / 3, 6);
	});
});
