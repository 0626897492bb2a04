import { patchGrid } from '../engine/config';
import { prefixTokens, tokenCount, type ViTConfig } from '../engine/vit/config';
import type { TapData } from '../engine/tap';
import { PatchworkError } from '../base/errors';
import { halvedLine, type Halved } from './halved';

/**
 * The attention weights of one block, for every head: after the softmax, so each row of a head sums to 1. A token that a
 * run took out has a row and a column of zeros.
 */
export interface Attention {
	/** `heads * tokens * tokens` weights in [0, 1], row-major: head, query, key; less where {@link only} says so. */
	readonly data: Float32Array;
	/** The same of a pattern that is too large to be held otherwise; `data` is empty then. */
	readonly halved?: Halved;
	/**
	 * The tokens whose lines alone are there; all without it. `data` then is, head by head and token by token of these, the
	 * row and then the column: `heads * only.length * 2 * tokens` weights.
	 */
	readonly only?: readonly number[];
	readonly heads: number;
	/** All tokens: the prefix and `rows * columns` patches. */
	readonly tokens: number;
	/** Tokens before the patches: CLS, where there is one, and others. */
	readonly prefix: number;
	/** Whether CLS is the first of them. */
	readonly cls: boolean;
	/** Rows and columns of the patch grid. */
	readonly rows: number;
	readonly columns: number;
	/** Side of a patch, in pixels of the model's input. */
	readonly patchSize: number;
}

/** The weights of a block with what is needed to read them. @param tap its `attn.pattern` */
export function attentionOf({ data, halves, tokens: left }: TapData, config: ViTConfig): Attention {
	const frame = frameOf(config);
	if (halves) return { ...frame, data, halved: { halves, left: left ?? null } };
	return { ...frame, data: left ? inWhole(data, left, frame) : data };
}

/** A block's attention of which nothing is there. */
export function unread(config: ViTConfig): Attention {
	return { ...frameOf(config), data: new Float32Array(), only: [] };
}

function frameOf(config: ViTConfig): Omit<Attention, 'data'> {
	const { heads, patchSize, cls } = config;
	return { heads, tokens: tokenCount(config), prefix: prefixTokens(config), cls, ...patchGrid(config), patchSize };
}

/** The lines of one token in every head of a block. @param part (1, heads, 2, tokens), see `engine/part.ts` */
export function linesOf({ data, tokens: left }: TapData, token: number, config: ViTConfig): Attention {
	const none = unread(config);
	const { heads, tokens } = none;
	if (!left) return { ...none, data, only: [token] };
	const whole = new Float32Array(2 * heads * tokens);
	for (let line = 0; line < 2 * heads; line++)
		for (const [i, key] of left.entries()) whole[line * tokens + key] = data[line * left.length + i] ?? 0;
	return { ...none, data: whole, only: [token] };
}

/** A pattern of the tokens that are `left`, in its place among all of them. */
function inWhole(
	data: Float32Array,
	left: readonly number[],
	{ heads, tokens }: Pick<Attention, 'heads' | 'tokens'>
): Float32Array {
	const whole = new Float32Array(heads * tokens * tokens);
	let i = 0;
	for (let head = 0; head < heads; head++)
		for (const query of left) for (const key of left) whole[(head * tokens + query) * tokens + key] = data[i++] ?? 0;
	return whole;
}

/** Whether a token was not taken out of the run: it attends to something. @param row its weights */
export const isThere = (row: Float32Array): boolean => row.some((weight) => weight > 0);

/**
 * What `token` attends to: row `token` of one head's attention matrix.
 * @returns `tokens` weights that sum to 1: a view, or a copy where they are held as halves
 * @throws PatchworkError (`request`) for a head or a token that is not there
 */
export function rowOf(a: Attention, head: number, token: number): Float32Array {
	if (a.only) return lineIn(a, head, token, 0);
	const start = offsetOf(a, head, token);
	if (a.halved) return halvedLine(a.halved, a.tokens, head, token, 0);
	return a.data.subarray(start, start + a.tokens);
}

/**
 * What attends to `token`: column `token` of one head's attention matrix.
 * @returns a copy of `tokens` weights, one a query; they need not sum to 1
 * @throws PatchworkError (`request`) for a head or a token that is not there
 */
export function columnOf(a: Attention, head: number, token: number): Float32Array {
	if (a.only) return lineIn(a, head, token, 1);
	checkIndices(a, head, token);
	if (a.halved) return halvedLine(a.halved, a.tokens, head, token, 1);
	const column = new Float32Array(a.tokens);
	for (let query = 0; query < a.tokens; query++)
		column[query] = a.data[(head * a.tokens + query) * a.tokens + token] ?? 0;
	return column;
}

/** What CLS has of a token's row or column; null in a model without one. */
export function clsPart(a: Pick<Attention, 'cls'>, values: Float32Array): number | null {
	return a.cls ? (values[0] ?? 0) : null;
}

/** The mean over heads, as an {@link Attention} with a single head. */
export function meanOverHeads(a: Attention): Attention {
	return { ...a, heads: 1, data: headsAveraged(a, a.data.length / a.heads) };
}

/** How the weights of several heads become one: their mean, the least of them, or the largest. */
export type HeadFusion = 'mean' | 'min' | 'max';

/** The heads made one, weight by weight, as an {@link Attention} with a single head; rows need not sum to 1 any more. */
export function headsFused(a: Attention, fusion: HeadFusion): Attention {
	if (fusion === 'mean') return meanOverHeads(a);
	const pick = fusion === 'min' ? Math.min : Math.max;
	const size = a.tokens * a.tokens;
	const data = a.data.slice(0, size);
	for (let i = size; i < a.data.length; i++) data[i % size] = pick(data[i % size] ?? 0, a.data[i] ?? 0);
	return { ...a, heads: 1, data };
}

/**
 * The mean over heads of weights that lie window by window, in each head by head; a plain ViT is one window.
 * @param size weights of one head in one window
 */
export function headsAveraged({ data, heads }: Pick<Attention, 'data' | 'heads'>, size: number): Float32Array {
	const means = new Float32Array(data.length / heads);
	for (let start = 0; start < means.length; start += size) {
		for (let i = 0; i < size; i++) {
			let sum = 0;
			for (let head = 0; head < heads; head++) sum += data[start * heads + head * size + i] ?? 0;
			means[start + i] = sum / heads;
		}
	}
	return means;
}

/** A row or column without its first `prefix` tokens: the patches, row-major. A view, not a copy. */
export function patchPart(values: Float32Array, prefix: number): Float32Array {
	return values.subarray(prefix);
}

/**
 * Shannon entropy of one row, `H = -sum_j p_j ln p_j` with `0 ln 0 = 0`, in nats: 0 when all the attention goes to one
 * token, `ln n` when it is spread evenly over n.
 * @param row weights in [0, 1] that sum to 1
 */
export function entropy(row: ArrayLike<number>): number {
	let sum = 0;
	for (let j = 0; j < row.length; j++) {
		const p = row[j] ?? 0;
		if (p > 0) sum -= p * Math.log(p);
	}
	return sum;
}

/** The mean of a measure over all queries of a head that are there; 0 where none is. */
export function meanOverQueries(a: Attention, head: number, measure: (row: Float32Array) => number): number {
	let [sum, count] = [0, 0];
	for (let token = 0; token < a.tokens; token++) {
		const row = rowOf(a, head, token);
		if (!isThere(row)) continue;
		sum += measure(row);
		count++;
	}
	return count > 0 ? sum / count : 0;
}

/** Mean {@link entropy} over all queries of a head, in nats, in [0, ln tokens]. */
export const headEntropy = (a: Attention, head: number): number => meanOverQueries(a, head, entropy);

/**
 * How far one query patch i looks, in pixels of the model's input:
 *
 *     d_i = sum_j A_ij |x_i - x_j| / sum_j A_ij,   j over the patches, x their centres
 *
 * after Dosovitskiy et al., "An Image is Worth 16x16 Words" (arXiv 2010.11929, appendix D.7). The prefix has no place in
 * the image, so the attention it gets is left out.
 * @returns null for a prefix token, and for a patch that attends to no patch at all
 */
export function attentionDistanceFrom(a: Attention, head: number, token: number): number | null {
	checkIndices(a, head, token);
	return token < a.prefix ? null : distanceOf(a, token, rowOf(a, head, token), distanceTable(a));
}

/**
 * Mean of {@link attentionDistanceFrom} over the query patches of a head, in pixels: 0 for a head in which every patch
 * attends to itself. Patches that attend to no patch are left out of the mean; 0 when that leaves none.
 */
export function attentionDistance(a: Attention, head: number): number {
	const table = distanceTable(a);
	let sum = 0;
	let count = 0;
	for (let token = a.prefix; token < a.tokens; token++) {
		const distance = distanceOf(a, token, rowOf(a, head, token), table);
		if (distance === null) continue;
		sum += distance;
		count++;
	}
	return count > 0 ? sum / count : 0;
}

/** Distances in pixels between patches that are `r` rows and `c` columns apart, at `r * columns + c`. */
export function distanceTable({ rows, columns, patchSize }: Attention): Float64Array {
	return Float64Array.from(
		{ length: rows * columns },
		(_, i) => patchSize * Math.hypot(Math.floor(i / columns), i % columns)
	);
}

/**
 * As {@link attentionDistanceFrom}, where many are asked for.
 * @param token a patch
 * @param line what it attends to, its {@link rowOf}
 * @param table of this attention, see {@link distanceTable}
 */
export function distanceOf(
	a: Omit<Attention, 'data'>,
	token: number,
	line: Float32Array,
	table: Float64Array
): number | null {
	const weights = patchPart(line, a.prefix);
	const patch = token - a.prefix;
	const row = Math.floor(patch / a.columns);
	const column = patch % a.columns;
	let sum = 0;
	let total = 0;
	for (let r = 0, j = 0; r < a.rows; r++) {
		for (let c = 0; c < a.columns; c++, j++) {
			const weight = weights[j] ?? 0;
			total += weight;
			sum += weight * (table[Math.abs(r - row) * a.columns + Math.abs(c - column)] ?? 0);
		}
	}
	return total > 0 ? sum / total : null;
}

function offsetOf(a: Attention, head: number, token: number): number {
	checkIndices(a, head, token);
	return (head * a.tokens + token) * a.tokens;
}

/** The row (0) or the column (1) of a token, where there are but those of some. */
function lineIn(a: Attention, head: number, token: number, which: 0 | 1): Float32Array {
	checkIndices(a, head, token);
	const { data, tokens, only = [] } = a;
	const at = only.indexOf(token);
	if (at < 0) throw new Error(`The lines of token ${token} were not read.`);
	const start = ((head * only.length + at) * 2 + which) * tokens;
	return data.subarray(start, start + tokens);
}

function checkIndices(a: Attention, head: number, token: number): void {
	if (!isIndex(head, a.heads))
		throw new PatchworkError('request', `There is no head ${head}: this block has ${a.heads}.`);
	if (!isIndex(token, a.tokens)) {
		throw new PatchworkError('request', `There is no token ${token}: this model has ${a.tokens}.`);
	}
}

const isIndex = (i: number, length: number) => Number.isInteger(i) && i >= 0 && i < length;
