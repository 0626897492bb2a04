import { expect, it, vi } from 'vitest';
import type { Attention } from './attention';
import { headSimilarity } from './head-similarity';

const attention = (...heads: number[][]): Attention => ({
	data: Float32Array.from(heads.flat()),
	...{ heads: heads.length, tokens: 2, prefix: 1, cls: true, rows: 1, columns: 1, patchSize: 16 }
});
const own = [1, 0, 0, 1];
const other = [0, 1, 1, 0];
const even = [0.5, 0.5, 0.5, 0.5];
/** Jensen-Shannon divergence of (1, 0) and (1/2, 1/2), in bits: H(3/4) - H(1/2) / 2. */
const HALF = -0.75 * Math.log2(0.75) - 0.25 * Math.log2(0.25) - 0.5;

it('is 1 for the same pattern, 0 where nothing is shared, and what lies between', async () => {
	const matrix = await headSimilarity([attention(own, other), attention(even)]);
	const expected = [1, 0, 1 - HALF, 0, 1, 1 - HALF, 1 - HALF, 1 - HALF, 1];
	for (const [i, value] of matrix.entries()) expect(value).toBeCloseTo(expected[i] ?? NaN, 6);
});

it('leaves out what was taken out of the run', async () => {
	const matrix = await headSimilarity([attention([1, 0, 0, 0], [0.5, 0.5, 0, 0])]);
	expect(matrix[1]).toBeCloseTo(1 - HALF, 6);
});

it('pauses before each pair, and stops where the pause throws', async () => {
	const pause = vi.fn();
	await headSimilarity([attention(own, other)], pause);
	expect(pause).toHaveBeenCalledTimes(3);
	const stop = () => {
		throw new Error('enough');
	};
	await expect(headSimilarity([attention(own)], stop)).rejects.toThrow('enough');
});

it('refuses blocks of different tokens', async () => {
	await expect(headSimilarity([attention(own), { ...attention(own), tokens: 3 }])).rejects.toThrow('the same tokens');
});
