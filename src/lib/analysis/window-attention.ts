import { PatchworkError } from '../base/errors';
import { placeOf, regionOf, tokenAt, type WindowLayout } from '../engine/swin/windows';
import { entropy, headsAveraged } from './attention';

/** The attention weights of one block of a Swin, for every window and head: each row sums to 1. */
export interface WindowAttention {
	/** `windows * heads * area * area` weights in [0, 1], row-major: window, head, query, key. */
	readonly data: Float32Array;
	readonly heads: number;
	readonly layout: WindowLayout;
	/** Both counted from 0, the block in its stage. */
	readonly stage: number;
	readonly block: number;
	/** Side of a token, in pixels of the model's input. */
	readonly cell: number;
}

/** One token's line of the attention in its window. */
export interface WindowLine {
	/** The token's window, counted from 0. */
	readonly window: number;
	/** One weight for each place of the window, row by row. */
	readonly weights: Float32Array;
}

/**
 * What a token attends to (`from`) or what attends to it (`to`), in its window.
 * @param token of the block's map, row by row from 0
 * @throws PatchworkError `request` for a head or a token that is not there
 */
export function windowLine(a: WindowAttention, head: number, token: number, direction: 'from' | 'to'): WindowLine {
	const { area, map } = a.layout;
	if (!isIndex(head, a.heads) || !isIndex(token, map.rows * map.columns)) {
		throw new PatchworkError('request', `This block has no head ${head}, or no token ${token}, both counted from 0.`);
	}
	const { window, place } = placeOf(a.layout, token);
	const start = (window * a.heads + head) * area * area;
	const weights =
		direction === 'from'
			? a.data.subarray(start + place * area, start + (place + 1) * area)
			: Float32Array.from({ length: area }, (_, query) => a.data[start + query * area + place] ?? 0);
	return { window, weights };
}

/** The mean over heads, as an attention of a single head. */
export function meanOverWindowHeads(a: WindowAttention): WindowAttention {
	return { ...a, heads: 1, data: headsAveraged(a, a.layout.area ** 2) };
}

/** A line laid over the block's map: NaN outside of the window. */
export function overMap({ layout }: WindowAttention, { window, weights }: WindowLine): Float32Array {
	const values = new Float32Array(layout.map.rows * layout.map.columns).fill(NaN);
	for (const [place, weight] of weights.entries()) {
		const token = tokenAt(layout, { window, place });
		if (token !== null) values[token] = weight;
	}
	return values;
}

/** Where the weight of a line is that is not on tokens which the query may see. */
export interface Elsewhere {
	/** On padding, in [0, 1]. */
	readonly padding: number;
	/** On tokens that only the roll has brought into the window: what the mask leaves them, in [0, 1]. */
	readonly masked: number;
}

export function elsewhere({ layout }: WindowAttention, { window, weights }: WindowLine, token: number): Elsewhere {
	const own = regionOf(layout, placeOf(layout, token));
	let [padding, masked] = [0, 0];
	for (const [place, weight] of weights.entries()) {
		if (tokenAt(layout, { window, place }) === null) padding += weight;
		else if (regionOf(layout, { window, place }) !== own) masked += weight;
	}
	return { padding, masked };
}

/** What one token's attention is like. */
export interface LineStats {
	/** In nats; between 0 and ln(area). */
	readonly entropy: number;
	/** Mean distance to the tokens it attends to, weighted by the attention, in pixels of the model's input. */
	readonly distance: number;
	/** The share that goes to padding, in [0, 1]. */
	readonly padding: number;
}

/** Of a token's row, whichever line is shown. */
export function lineStats(a: WindowAttention, head: number, token: number): LineStats {
	const { layout, cell } = a;
	const line = windowLine(a, head, token, 'from');
	const columns = layout.map.columns;
	const at = (one: number) => ({ row: Math.floor(one / columns), column: one % columns });
	const own = at(token);
	let [sum, total] = [0, 0];
	for (const [place, weight] of line.weights.entries()) {
		const key = tokenAt(layout, { window: line.window, place });
		if (key === null) continue;
		const { row, column } = at(key);
		sum += weight * cell * Math.hypot(row - own.row, column - own.column);
		total += weight;
	}
	return {
		entropy: entropy(line.weights),
		distance: total > 0 ? sum / total : 0,
		padding: elsewhere(a, line, token).padding
	};
}

/** The means over all tokens of the map. */
export function windowHeadStats(a: WindowAttention, head: number): LineStats {
	const tokens = a.layout.map.rows * a.layout.map.columns;
	const sums = { entropy: 0, distance: 0, padding: 0 };
	for (let token = 0; token < tokens; token++) {
		const stats = lineStats(a, head, token);
		for (const key of ['entropy', 'distance', 'padding'] as const) sums[key] += stats[key] / tokens;
	}
	return sums;
}

const isIndex = (i: number, length: number) => Number.isInteger(i) && i >= 0 && i < length;
