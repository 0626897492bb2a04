import { halvesToFloats } from '../engine/checkpoint/half';

/** The weights of a pattern as binary16, which a page that is short of room holds: each is widened when its line is read. */
export interface Halved {
	/** `heads * n * n` weights, row-major: head, query, key; n is as many tokens as there are in `left`. */
	readonly halves: Uint16Array;
	/** The tokens that a run has left, in order, by the numbers that they had in all of it; null for all. */
	readonly left: readonly number[] | null;
}

/**
 * The row (0) or the column (1) of a token in a head.
 * @param tokens of the whole sequence
 * @returns a weight for each of them, zeros where one of the two was taken out; the caller's
 */
export function halvedLine(
	{ halves, left }: Halved,
	tokens: number,
	head: number,
	token: number,
	which: 0 | 1
): Float32Array {
	const n = left?.length ?? tokens;
	const at = left?.indexOf(token) ?? token;
	if (at < 0) return new Float32Array(tokens);
	const line = halvesToFloats(which === 0 ? rowIn(halves, n, head, at) : columnIn(halves, n, head, at));
	return left ? placed(line, left, tokens) : line;
}

function rowIn(halves: Uint16Array, n: number, head: number, at: number): Uint16Array {
	const start = (head * n + at) * n;
	return halves.subarray(start, start + n);
}

function columnIn(halves: Uint16Array, n: number, head: number, at: number): Uint16Array {
	const column = new Uint16Array(n);
	for (let query = 0; query < n; query++) column[query] = halves[(head * n + query) * n + at] ?? 0;
	return column;
}

function placed(line: Float32Array, left: readonly number[], tokens: number): Float32Array {
	const whole = new Float32Array(tokens);
	for (const [i, token] of left.entries()) whole[token] = line[i] ?? 0;
	return whole;
}
