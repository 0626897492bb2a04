import { products, sum } from '../../analysis/vectors';
import { beforeAll, describe, expect, it } from 'vitest';
import { columnAt, largestDifference, linear, softmaxSteps } from '../../analysis/linear';
import { lastLayer } from '../kit/last-layer';
import { madeUpRun, type MadeUpRun } from '../kit/testing';
import { EVERY_KIND } from '../../engine/testing/kinds';
import { headPart, headRow, headsTogether, PARTS, qkvColumn, tokenRow } from './rows';
import { figure } from './figure';
import { dotProducts, share, weightedSum } from './steps';

describe('by hand', () => {
	const keys = Float32Array.of(1, 0, 0, 2, -1, 1);

	it('multiplies one query with every key', () => {
		expect([...dotProducts([3, 5], keys)]).toEqual([3, 10, 2]);
	});

	it('adds up values, each times its weight', () => {
		expect([...share([0.5, 0.25, 0.25], keys, 1, 2)]).toEqual([0, 0.5]);
		expect([...weightedSum([0.5, 0.25, 0.25], keys, 2, [0, 1, 2])]).toEqual([0.25, 0.75]);
		expect([...weightedSum([0.5, 0.25, 0.25], keys, 2, [2])]).toEqual([-0.25, 0.25]);
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
		const weight = run.tap(`parameters.${block}.qkv.weight`).data;
		const bias = run.tap(`parameters.${block}.qkv.bias`).data;
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
		const { weights } = softmaxSteps(row('attn.scores'));
		expect(largestDifference(weights, row('attn.pattern'))).toBeLessThan(1e-6);
		const values = headPart(run.tap(`${block}.value`), head);
		const size = run.config.dim / run.config.heads;
		expect(
			largestDifference(weightedSum(weights, values, size, [...weights.keys()]), row('attn.head_out'))
		).toBeLessThan(1e-5);
	});

	it.each(EVERY_KIND)(
		'the heads of %s, side by side and projected, give what attention gives back',
		async (_, files) => {
			const { config, tap } = await madeUpRun(
				(of) => figure.taps(of, figure.parse({ view: 'together', block: '1' })),
				files
			);
			const joined = headsTogether(tap(`${block}.attn.head_out`), token);
			const { weight, bias } = lastLayer(tap, config, 'blocks.1', 'proj');
			const made = linear(joined, weight, bias);
			expect(largestDifference(made, tokenRow(tap(`${block}.attn.out`), token))).toBeLessThan(1e-5);
		}
	);
});
