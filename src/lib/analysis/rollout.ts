import { meanOverHeads, rowOf, type Attention } from './attention';
import type { Pause } from '../base/slices';

/**
 * Attention rollout from one token (Abnar and Zuidema 2020, arXiv 2005.00928, section 3): the attention of each block,
 * averaged over heads, is mixed half and half with the identity, which stands for the residual connection, and the
 * blocks are multiplied, `A_L ... A_2 A_1`. One token needs one row of the product only, which is carried down from the
 * last block to the first: `n^2` multiplications a block in place of `n^3`.
 * @param blocks from the first block to the one that is asked
 * @param pause awaited before each block
 * @returns one share a token, which sum to 1; all of it on the token itself for no blocks
 * @throws whatever `pause` throws; PatchworkError `request` for a token that is not there
 */
export async function rolloutFrom(
	blocks: readonly Attention[],
	tokens: number,
	token: number,
	pause: Pause = () => undefined
): Promise<Float32Array> {
	let row = new Float64Array(tokens);
	row[token] = 1;
	for (const block of [...blocks].reverse()) {
		await pause();
		row = through(row, meanOf(block));
	}
	return Float32Array.from(row);
}

/** `row * (A + I) / 2`. @param mean a block's attention with a single head */
function through(row: Float64Array, mean: Attention): Float64Array<ArrayBuffer> {
	const out = new Float64Array(row.length);
	for (const [query, share] of row.entries()) {
		if (share === 0) continue;
		const weights = rowOf(mean, 0, query);
		for (const [key, weight] of weights.entries()) out[key] = (out[key] ?? 0) + 0.5 * share * weight;
		out[query] = (out[query] ?? 0) + 0.5 * share;
	}
	return out;
}

/** The mean over heads does not change while a run is shown, and moving the query needs it again. */
const means = new WeakMap<Float32Array, Attention>();

function meanOf(block: Attention): Attention {
	const mean = means.get(block.data) ?? meanOverHeads(block);
	means.set(block.data, mean);
	return mean;
}
