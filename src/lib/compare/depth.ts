/**
 * The block of another model after which as large a part of that model is done: the same block where both have as many,
 * else the nearest. The last block always goes with the last.
 * @param block counted from 0, among `from` blocks
 * @param to how many blocks the other model has
 */
export function relativeBlock(block: number, from: number, to: number): number {
	if (from === to) return block;
	return Math.max(0, Math.min(to, Math.round(((block + 1) / from) * to)) - 1);
}
