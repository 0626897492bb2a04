import { PatchworkError } from '../base/errors';
import type { Pause } from '../base/slices';
import { rowOf, type Attention } from './attention';
import { jensenShannon } from './divergence';

/**
 * How alike two heads look: 1 less the mean over all queries of the Jensen-Shannon divergence of what they attend to, in
 * bits, as Clark et al. 2019 (arXiv 1906.04341, section 6) compare heads. In [0, 1]: 1 for the same pattern.
 * @param blocks of one run; their heads are compared with each other, in the order of the blocks
 * @param pause awaited before each pair of heads
 * @returns a symmetric matrix with a row and a column for each head of all blocks, row-major
 * @throws whatever `pause` throws; PatchworkError `request` for blocks of different tokens
 */
export async function headSimilarity(
	blocks: readonly Attention[],
	pause: Pause = () => undefined
): Promise<Float32Array> {
	if (new Set(blocks.map(({ tokens }) => tokens)).size > 1)
		throw new PatchworkError('request', 'Heads can be compared where they attend among the same tokens only.');
	const heads = blocks.flatMap((block) => Array.from({ length: block.heads }, (_, head) => ({ block, head })));
	const matrix = new Float32Array(heads.length ** 2);
	for (const [i, one] of heads.entries()) {
		for (let j = 0; j <= i; j++) {
			await pause();
			const other = heads[j] ?? one;
			const alike = i === j ? 1 : 1 - meanDivergence(one, other);
			matrix[i * heads.length + j] = matrix[j * heads.length + i] = alike;
		}
	}
	return matrix;
}

interface Head {
	readonly block: Attention;
	readonly head: number;
}

/** Over the queries that are there: a token that a run took out attends to nothing. */
function meanDivergence(a: Head, b: Head): number {
	let [sum, count] = [0, 0];
	for (let token = 0; token < a.block.tokens; token++) {
		const [p, q] = [rowOf(a.block, a.head, token), rowOf(b.block, b.head, token)];
		if (!p.some((weight) => weight > 0)) continue;
		sum += jensenShannon(p, q);
		count++;
	}
	return count > 0 ? sum / count : 0;
}
