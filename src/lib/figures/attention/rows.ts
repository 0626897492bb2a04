import type { TapData } from '../../engine/tap';

/** Query, key or value: the three parts that lie side by side in the columns of the `qkv` weights. */
export const PARTS = ['query', 'key', 'value'] as const;
export type Part = (typeof PARTS)[number];

/** One token's row of a `(1, n, d)` tap: a view of `d` numbers. */
export function tokenRow({ data, shape }: TapData, token: number): Float32Array {
	const width = shape[2] ?? 0;
	return data.subarray(token * width, (token + 1) * width);
}

/** One head's `(n, s)` part of a `(1, h, n, s)` tap: a view of its rows, one after the other. */
export function headPart({ data, shape }: TapData, head: number): Float32Array {
	const size = (shape[2] ?? 0) * (shape[3] ?? 0);
	return data.subarray(head * size, (head + 1) * size);
}

/** One token's row in one head of a `(1, h, n, s)` tap: a view of `s` numbers. */
export function headRow(tap: TapData, head: number, token: number): Float32Array {
	const width = tap.shape[3] ?? 0;
	return headPart(tap, head).subarray(token * width, (token + 1) * width);
}

/** A token's rows of all heads side by side, as they enter the output projection: `h * s` numbers. */
export function headsTogether(tap: TapData, token: number): Float32Array {
	const [, heads = 0, , size = 0] = tap.shape;
	const joined = new Float32Array(heads * size);
	for (let head = 0; head < heads; head++) joined.set(headRow(tap, head, token), head * size);
	return joined;
}

/** The column of the `qkv` weights that makes feature `feature` of a head's query, key or value. All from 0. */
export function qkvColumn(part: Part, head: number, feature: number, dim: number, headSize: number): number {
	return PARTS.indexOf(part) * dim + head * headSize + feature;
}
