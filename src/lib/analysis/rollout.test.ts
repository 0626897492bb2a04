import { describe, expect, it, vi } from 'vitest';
import type { Attention } from './attention';
import { rolloutFrom } from './rollout';

/** An attention of CLS and two patches, from its heads' matrices. */
const attention = (...heads: number[][]): Attention => ({
	data: Float32Array.from(heads.flat()),
	...{ heads: heads.length, tokens: 3, prefix: 1, cls: true, rows: 1, columns: 2, patchSize: 16 }
});

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

	it('sums to 1 whatever the blocks, and pauses before each', async () => {
		const pause = vi.fn();
		const blocks = [attention(uniform), attention(swap), attention(toFirst, uniform)];
		const row = await rolloutFrom(blocks, 3, 1, pause);
		expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
		expect(pause).toHaveBeenCalledTimes(3);
	});

	it('stops where the pause throws', async () => {
		const stop = () => {
			throw new Error('enough');
		};
		await expect(rolloutFrom([attention(swap)], 3, 0, stop)).rejects.toThrow('enough');
	});
});
