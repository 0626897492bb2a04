import type { Edit } from '../engine/edits/edit';

/**
 * The edit that takes out the half of the patches with the largest scores, of equal ones the first; the others, and all
 * tokens before the patches, go on with their positions.
 * @param scores one a patch @param prefix tokens before the patches
 */
export function withoutHalf(scores: ArrayLike<number>, prefix: number): Edit {
	const order = Array.from(scores, (score, patch) => ({ score, patch })).sort(
		(a, b) => b.score - a.score || a.patch - b.patch
	);
	const left = order.slice(Math.floor(order.length / 2)).map(({ patch }) => prefix + patch);
	const before = Array.from({ length: prefix }, (_, i) => i);
	return { tap: 'embeddings', do: 'keep', tokens: [...before, ...left.sort((a, b) => a - b)] };
}
