import { headsFused, rowOf, type Attention, type HeadFusion } from './attention';
import type { Pause } from '../base/slices';

/** What may be done otherwise than in the paper, after J. Gildenblat's vit-explain (2020, github.com/jacobgil/vit-explain). */
export interface RolloutOptions {
	/** How the heads of a block become one: by their mean (the paper's), least or largest weight. */
	readonly heads?: HeadFusion;
	/** The share of a block's weights that is set to 0, the smallest first and of equal ones the later: in [0, 1), 0 in the paper. */
	readonly discard?: number;
}

/**
 * Attention rollout from one token, or from some of them by their shares (Abnar and Zuidema 2020, arXiv 2005.00928, section 3): the attention of each block,
 * its heads made one, is added to the identity, which stands for the residual connection, its rows are divided by their
 * sums, and the blocks are multiplied, `A_L ... A_2 A_1`. That needs one row of the product only, or one sum of rows, which
 * is carried down from the last block to the first: `n^2` multiplications a block in place of `n^3`.
 * @param blocks from the first block to the one that is asked; what makes one is called when its turn comes, the last first
 * @param from the token, or a share of each
 * @param pause awaited before each block
 * @returns one share a token, which sum to 1, or to what the shares of `from` sum to; `from` itself for no blocks
 * @throws whatever `pause` throws; PatchworkError `request` for a token that is not there
 */
export async function rolloutFrom(
	blocks: readonly (Attention | (() => Promise<Attention>))[],
	tokens: number,
	from: number | Float32Array,
	pause: Pause = () => undefined,
	{ heads = 'mean', discard = 0 }: RolloutOptions = {}
): Promise<Float32Array> {
	let row = typeof from === 'number' ? new Float64Array(tokens) : Float64Array.from(from);
	if (typeof from === 'number') row[from] = 1;
	for (const block of [...blocks].reverse()) {
		await pause();
		row = through(row, fusedOf(typeof block === 'function' ? await block() : block, heads, discard));
	}
	return Float32Array.from(row);
}

/** `row * normalised(A + I)`. @param fused a block's attention with a single head */
function through(row: Float64Array, fused: Attention): Float64Array<ArrayBuffer> {
	const out = new Float64Array(row.length);
	for (const [query, share] of row.entries()) {
		if (share === 0) continue;
		const weights = rowOf(fused, 0, query);
		const part = share / (1 + weights.reduce((sum, weight) => sum + weight, 0));
		for (const [key, weight] of weights.entries()) out[key] = (out[key] ?? 0) + part * weight;
		out[query] = (out[query] ?? 0) + part;
	}
	return out;
}

/** One matrix of the heads does not change while a run is shown, and moving the query needs it again. */
const known = new WeakMap<Float32Array, Map<string, Attention>>();

function fusedOf(block: Attention, heads: HeadFusion, discard: number): Attention {
	const ofBlock = known.get(block.data) ?? new Map<string, Attention>();
	known.set(block.data, ofBlock);
	const key = `${heads} ${discard}`;
	const found = ofBlock.get(key) ?? withoutLeast(headsFused(block, heads), discard);
	ofBlock.set(key, found);
	return found;
}

function withoutLeast(fused: Attention, share: number): Attention {
	const count = Math.floor(share * fused.data.length);
	if (count === 0) return fused;
	const sorted = fused.data.toSorted();
	const limit = sorted[count] ?? Infinity;
	// Of those that equal the limit, only so many go that the count is kept, from the end.
	let equals = count - sorted.indexOf(limit);
	const data = fused.data.slice();
	for (let i = data.length - 1; i >= 0; i--) {
		const weight = data[i] ?? 0;
		if (weight < limit || (weight === limit && equals-- > 0)) data[i] = 0;
	}
	return { ...fused, data };
}
