import { describe, expect, it, vi } from 'vitest';
import { random } from '../engine/testing/checkpoint';
import { SMALL_CONFIG } from '../engine/testing/small';
import { swinConfigWith } from '../engine/testing/swin-config';
import type { Attention } from './attention';
import { relevanceFrom, relevanceTaps } from './relevance';

const TOKENS = 4;
const HEADS = 2;
const next = random(3);
const matrices = (): Attention => ({
	data: Float32Array.from({ length: HEADS * TOKENS ** 2 }, next),
	...{ heads: HEADS, tokens: TOKENS, prefix: 1, cls: true, rows: 1, columns: 3, patchSize: 16 }
});
const [patterns, gradients] = [0, 1].map(() => [matrices(), matrices(), matrices()]) as [Attention[], Attention[]];

/** The whole matrix, forwards, by the rule as the paper has it. */
function plain(): number[][] {
	const each = (f: (i: number, j: number) => number) =>
		Array.from({ length: TOKENS }, (_, i) => Array.from({ length: TOKENS }, (_, j) => f(i, j)));
	let relevance = each((i, j) => Number(i === j));
	for (const [block, { data }] of patterns.entries()) {
		const mean = each((i, j) => {
			const products = [0, 1].map((head) => {
				const at = (head * TOKENS + i) * TOKENS + j;
				return Math.max(0, (data[at] ?? NaN) * (gradients[block]?.data[at] ?? NaN));
			});
			return products.reduce((a, b) => a + b) / HEADS;
		});
		const before = relevance;
		relevance = each(
			(i, j) =>
				(before[i]?.[j] ?? NaN) + (mean[i] ?? []).reduce((sum, weight, k) => sum + weight * (before[k]?.[j] ?? NaN), 0)
		);
	}
	return relevance;
}

describe('relevance', () => {
	it('is a row of the whole product, or the mean of the patches’', async () => {
		const expected = plain();
		for (const token of [0, 2]) {
			const row = await relevanceFrom(patterns, gradients, token);
			for (const [i, value] of row.entries()) expect(value).toBeCloseTo(expected[token]?.[i] ?? NaN, 5);
		}
		const mean = await relevanceFrom(patterns, gradients, null);
		for (const [i, value] of mean.entries()) {
			const column = [1, 2, 3].map((token) => expected[token]?.[i] ?? NaN);
			expect(value).toBeCloseTo(column.reduce((a, b) => a + b) / 3, 5);
		}
	});

	it('pauses before each block, and stops where the pause throws', async () => {
		const pause = vi.fn();
		await relevanceFrom(patterns, gradients, 0, pause);
		expect(pause).toHaveBeenCalledTimes(3);
		const stop = () => {
			throw new Error('enough');
		};
		await expect(relevanceFrom(patterns, gradients, 0, stop)).rejects.toThrow('enough');
	});

	it('is of all patterns of a ViT, and not offered of windows', () => {
		expect(relevanceTaps(SMALL_CONFIG)).toEqual(['blocks.0.attn.pattern', 'blocks.1.attn.pattern']);
		const swin = swinConfigWith({
			imageSize: [8, 8],
			patchSize: 2,
			stages: [{ depth: 2, heads: 1, dim: 4, mlpDim: 8, window: 2 }]
		});
		expect(() => relevanceTaps(swin)).toThrow('this model’s are of windows');
	});
});
