import { describe, expect, it, vi } from 'vitest';
import { random } from '../engine/testing/checkpoint';
import type { Attention } from './attention';
import { rolloutFrom } from './rollout';

/** An attention of CLS and two patches, from its heads' matrices. */
const attention = (...heads: number[][]): Attention => ({
	data: Float32Array.from(heads.flat()),
	...{ heads: heads.length, tokens: 3, prefix: 1, cls: true, rows: 1, columns: 2, patchSize: 16 }
});

/** The whole product, matrix by matrix: `normalise(fused + I)` of each block times what lies before it. */
function plainRollout(blocks: number[][], fusion: 'mean' | 'min' | 'max', discard: number): number[][] {
	let product = [0, 1, 2].map((i) => [0, 1, 2].map((j) => Number(i === j)));
	for (const data of blocks) {
		const fused = [0, 1, 2].map((i) =>
			[0, 1, 2].map((j) => {
				const weights = [0, 1, 2].map((head) => data[head * 9 + i * 3 + j] ?? NaN);
				if (fusion === 'mean') return weights.reduce((a, b) => a + b) / 3;
				return fusion === 'min' ? Math.min(...weights) : Math.max(...weights);
			})
		);
		const gone = fused
			.flatMap((row, i) => row.map((weight, j) => ({ weight, i, j })))
			.sort((a, b) => a.weight - b.weight)
			.slice(0, Math.floor(discard * 9));
		for (const { i, j } of gone) (fused[i] as number[])[j] = 0;
		const rows = fused.map((row, i) => row.map((weight, j) => weight + Number(i === j)));
		const normal = rows.map((row) => row.map((weight) => weight / row.reduce((a, b) => a + b)));
		const before = product;
		product = normal.map((row) =>
			[0, 1, 2].map((j) => row.reduce((sum, weight, k) => sum + weight * (before[k]?.[j] ?? NaN), 0))
		);
	}
	return product;
}

const uniform = new Array<number>(9).fill(1 / 3);
const toFirst = [0, 1, 0, 0, 1, 0, 0, 1, 0];
const swap = [1, 0, 0, 0, 0, 1, 0, 1, 0];

describe('rolloutFrom', () => {
	it('is half the attention and half the token itself after one block', async () => {
		expect([...(await rolloutFrom([attention(toFirst)], 3, 0))]).toEqual([0.5, 0.5, 0]);
	});

	it('averages the heads', async () => {
		expect([...(await rolloutFrom([attention(toFirst, swap)], 3, 2))]).toEqual([0, 0.5, 0.5]);
		expect([...(await rolloutFrom([attention(toFirst, swap)], 3, 1))]).toEqual([0, 0.75, 0.25]);
	});

	it('is the row of the whole product, last block first', async () => {
		// e_0 (toFirst + I) / 2 = (1/2, 1/2, 0); times (swap + I) / 2, which keeps CLS and mixes the two patches.
		expect([...(await rolloutFrom([attention(swap), attention(toFirst)], 3, 0))]).toEqual([0.5, 0.25, 0.25]);
		// The other order differs: CLS stays CLS in swap, and then looks at the first patch.
		expect([...(await rolloutFrom([attention(toFirst), attention(swap)], 3, 0))]).toEqual([0.5, 0.5, 0]);
	});

	it('of several tokens is the sum of theirs, by their shares', async () => {
		const blocks = [attention(toFirst, swap), attention(swap)];
		const [first, last] = [await rolloutFrom(blocks, 3, 0), await rolloutFrom(blocks, 3, 2)];
		const both = await rolloutFrom(blocks, 3, Float32Array.of(0.25, 0, 0.5));
		for (const [i, share] of both.entries())
			expect(share).toBeCloseTo(0.25 * (first[i] ?? NaN) + 0.5 * (last[i] ?? NaN), 6);
	});

	it('sums to 1 whatever the blocks, and pauses before each', async () => {
		const pause = vi.fn();
		const blocks = [attention(uniform), attention(swap), attention(toFirst, uniform)];
		const row = await rolloutFrom(blocks, 3, 1, pause);
		expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
		expect(pause).toHaveBeenCalledTimes(3);
	});

	describe.each(['mean', 'min', 'max'] as const)('with the %s over heads', (heads) => {
		it.each([0, 0.1, 0.5, 0.9])(
			'and %s of the weights discarded, is the plain product of the paper',
			async (discard) => {
				const next = random(5);
				const blocks = Array.from({ length: 4 }, () =>
					attention(...Array.from({ length: 3 }, () => Array.from({ length: 9 }, () => (1 + next()) / 2)))
				);
				for (const token of [0, 2]) {
					const row = await rolloutFrom(blocks, 3, token, undefined, { heads, discard });
					const expected =
						plainRollout(
							blocks.map(({ data }) => [...data]),
							heads,
							discard
						)[token] ?? [];
					for (const [i, share] of row.entries()) expect(share).toBeCloseTo(expected[i] ?? NaN, 6);
					expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
				}
			}
		);
	});

	it('discards just as many as the share says, of equal weights the later', async () => {
		const even = attention(uniform);
		const found = await rolloutFrom([even], 3, 2, undefined, { discard: 0.34 });
		// Three of nine: the last row, of which only the identity is left.
		expect([...found]).toEqual([0, 0, 1]);
		expect((await rolloutFrom([even], 3, 0, undefined, { discard: 0.34 }))[1]).toBeCloseTo(1 / 6);
	});

	it('stops where the pause throws', async () => {
		const stop = () => {
			throw new Error('enough');
		};
		await expect(rolloutFrom([attention(swap)], 3, 0, stop)).rejects.toThrow('enough');
	});
});
