import { clsPart, columnOf, patchPart, rowOf, type Attention } from '../analysis/attention';
import type { Direction, Scale } from '../run/url';

/** One token's attention in one head, laid over the patches. */
export interface TokenMap {
	/** `rows * columns` weights in [0, 1], row-major. */
	readonly patches: Float32Array;
	/** The weight between the token and CLS, which has no place in the picture; null in a model without one. */
	readonly cls: number | null;
	/** The same of all tokens before the patches, CLS first where there is one. */
	readonly prefix: Float32Array;
}

/** `from`: the token's row of the attention matrix, as it attends; `to`: its column, as it is attended to. */
export function tokenMap(a: Attention, head: number, token: number, direction: Direction): TokenMap {
	const values = direction === 'from' ? rowOf(a, head, token) : columnOf(a, head, token);
	return { patches: patchPart(values, a.prefix), cls: clsPart(a, values), prefix: values.subarray(0, a.prefix) };
}

/** The small maps of the grid: a row a block, a column a head. */
export interface GridMap {
	readonly block: number;
	readonly head: number;
	readonly values: Float32Array;
}

/** @param values of a head, counted from 0 */
export function gridMaps<A extends { readonly heads: number }>(
	blocks: readonly A[],
	values: (pattern: A, head: number) => Float32Array
): GridMap[][] {
	return blocks.map((a, block) =>
		Array.from({ length: a.heads }, (_, head) => ({ block, head, values: values(a, head) }))
	);
}

/** The largest value, or 0 if there is none above. */
export function maximum(values: Float32Array): number {
	let largest = 0;
	for (const value of values) if (value > largest) largest = value;
	return largest;
}

/** What the patches have together, in [0, 1]: of a row, all but the part of the tokens before them. */
export function total({ patches }: TokenMap): number {
	return patches.reduce((sum, weight) => sum + weight, 0);
}

/** The range from the smallest to the largest value. */
export function range(values: Float32Array): [number, number] {
	let [least, most] = [Infinity, -Infinity];
	for (const value of values) {
		if (value < least) least = value;
		if (value > most) most = value;
	}
	return values.length > 0 ? [least, most] : [0, 1];
}

/** The largest weight of each map of the grid, and of all of them. */
export interface Maxima {
	readonly of: readonly (readonly number[])[];
	readonly all: number;
}

export function maximaOf(maps: readonly (readonly GridMap[])[]): Maxima {
	const of = maps.map((row) => row.map(({ values }) => maximum(values)));
	return { of, all: Math.max(0, ...of.flat()) };
}

/** What the colours of a map reach from and up to: 0, and the largest weight of all heads or of this one. */
export function domainFor(scale: Scale, own: number, all: number): [number, number] {
	const top = scale === 'shared' ? all : own;
	return [0, top > 0 ? top : 1];
}

/** Where the largest value is; the first of equal ones. */
export function indexOfLargest(values: Float32Array): number {
	let best = 0;
	for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
	return best;
}
