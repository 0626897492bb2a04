import { beforeAll, describe, expect, it } from 'vitest';
import { columnAt, largestDifference, linear } from '../../analysis/linear';
import { madeUpRun, type MadeUpRun } from '../testing';
import { headPart, headRow, headsTogether, PARTS, qkvColumn, tokenRow } from './rows';
import { deviation, dotProducts, products, ranked, reach, share, softmax, sum, weightedSum } from './steps';

describe('by hand', () => {
	const keys = Float32Array.of(1, 0, 0, 2, -1, 1);

	it('multiplies one query with every key', () => {
		expect([...products([2, 3], [4, -1])]).toEqual([8, -3]);
		expect([...dotProducts([3, 5], keys)]).toEqual([3, 10, 2]);
	});

	it('makes weights of scores, and shows what they go through', () => {
		const { largest, powers, total, weights } = softmax([Math.log(2), 0, Math.log(5)]);
		expect(largest).toBeCloseTo(Math.log(5), 12);
		expect([...powers].map((p) => p.toFixed(6))).toEqual(['0.400000', '0.200000', '1.000000']);
		expect(total).toBeCloseTo(1.6, 12);
		expect([...weights].map((w) => w.toFixed(6))).toEqual(['0.250000', '0.125000', '0.625000']);
	});

	it('survives scores whose powers would overflow', () => {
		expect([...softmax([1000, 0]).weights]).toEqual([1, 0]);
	});

	it('adds up values, each times its weight', () => {
		expect([...share([0.5, 0.25, 0.25], keys, 1, 2)]).toEqual([0, 0.5]);
		expect([...weightedSum([0.5, 0.25, 0.25], keys, 2, [0, 1, 2])]).toEqual([0.25, 0.75]);
		expect([...weightedSum([0.5, 0.25, 0.25], keys, 2, [2])]).toEqual([-0.25, 0.25]);
	});

	it('ranks, reaches and spreads', () => {
		expect(ranked([1, 5, -7, 3])).toEqual([1, 3, 0, 2]);
		expect(reach([1, -7], [3])).toBe(7);
		expect(reach([0])).toBe(1);
		expect(deviation([2, 4, 4, 4, 5, 5, 7, 9])).toBe(2);
	});
});

describe("against the engine's own taps", () => {
	let run: MadeUpRun;
	const block = 'blocks.1';
	const [head, token] = [2, 5];
	beforeAll(async () => (run = await madeUpRun()));
	const row = (name: string) => headRow(run.tap(`${block}.${name}`), head, token);

	it.each(PARTS)('the projection gives the %s', (part) => {
		const { dim, heads } = run.config;
		const size = dim / heads;
		const x = tokenRow(run.tap(`${block}.norm1`), token);
		const weight = run.tap(`weights.${block}.qkv.weight`).data;
		const bias = run.tap(`weights.${block}.qkv.bias`).data;
		const made = Array.from({ length: size }, (_, feature) => {
			const column = qkvColumn(part, head, feature, dim, size);
			return sum(products(x, columnAt(weight, 3 * dim, column))) + (bias[column] ?? NaN);
		});
		expect(largestDifference(made, row(part))).toBeLessThan(1e-5);
	});

	it('the recorded scores are the dot products divided by the root of the size of a head', () => {
		const dots = dotProducts(row('query'), headPart(run.tap(`${block}.key`), head));
		const root = Math.sqrt(run.config.dim / run.config.heads);
		expect(
			largestDifference(
				dots.map((dot) => dot / root),
				row('attn.scores')
			)
		).toBeLessThan(1e-5);
		expect(largestDifference(dots, row('attn.scores'))).toBeGreaterThan(0.01);
	});

	it('the softmax of a row gives its weights, and the weighted values the output of the head', () => {
		const { weights } = softmax(row('attn.scores'));
		expect(largestDifference(weights, row('attn.weights'))).toBeLessThan(1e-6);
		const values = headPart(run.tap(`${block}.value`), head);
		const size = run.config.dim / run.config.heads;
		expect(
			largestDifference(weightedSum(weights, values, size, [...weights.keys()]), row('attn.head_out'))
		).toBeLessThan(1e-5);
	});

	it('the heads side by side, through the output projection, give what attention gives back', () => {
		const joined = headsTogether(run.tap(`${block}.attn.head_out`), token);
		const weight = run.tap(`weights.${block}.proj.weight`).data;
		const made = linear(joined, weight, run.tap(`weights.${block}.proj.bias`).data);
		expect(largestDifference(made, tokenRow(run.tap(`${block}.attn.out`), token))).toBeLessThan(1e-5);
	});
});
