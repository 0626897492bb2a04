import { columnOf, patchPart, rowOf, type Attention } from '../analysis/attention';
import { jensenShannon, normalised, onCommonGrid, totalVariation, type GridWeights } from '../analysis/divergence';
import type { Direction } from '../state/url';

/** One head's attention, and the token that is looked from. */
export interface Looked {
	readonly attention: Attention;
	readonly head: number;
	readonly token: number;
}

/** How far two maps are apart, both in [0, 1]. */
export interface Difference {
	/** The share of the attention that lies elsewhere. */
	readonly totalVariation: number;
	/** In bits. */
	readonly jensenShannon: number;
}

export function isSameGrid(a: Attention, b: Attention): boolean {
	return a.rows === b.rows && a.columns === b.columns;
}

/**
 * How far two maps of the same picture are apart. A row of the attention matrix sums to 1 as it is; a column is made to.
 * What the tokens before the patches get counts as one place. Grids that differ are compared by area: each patch's
 * weight is spread evenly over its square.
 */
export function differenceOf(a: Looked, b: Looked, direction: Direction): Difference {
	const [p, q] = [parted(a, direction), parted(b, direction)];
	const [overA, overB] = onCommonGrid(p.grid, q.grid);
	const [wholeA, wholeB] = [Float64Array.of(p.before, ...overA), Float64Array.of(q.before, ...overB)];
	return { totalVariation: totalVariation(wholeA, wholeB), jensenShannon: jensenShannon(wholeA, wholeB) };
}

/** A map that sums to 1, with what lies on no patch together. */
function parted(looked: Looked, direction: Direction): { before: number; grid: GridWeights } {
	const { prefix, rows, columns } = looked.attention;
	const line = normalised(lineOf(looked, direction));
	const before = line.subarray(0, prefix).reduce((sum, weight) => sum + weight, 0);
	return { before, grid: { values: line.subarray(prefix), rows, columns } };
}

/**
 * Mean total variation over all queries that both have, in [0, 1]; null where the tokens of the one are not those of the
 * other.
 */
export function meanTotalVariation(a: Omit<Looked, 'token'>, b: Omit<Looked, 'token'>): number | null {
	const { tokens, prefix } = a.attention;
	if (tokens !== b.attention.tokens || prefix !== b.attention.prefix || !isSameGrid(a.attention, b.attention))
		return null;
	let sum = 0;
	for (let token = 0; token < tokens; token++)
		sum += totalVariation(rowOf(a.attention, a.head, token), rowOf(b.attention, b.head, token));
	return sum / tokens;
}

/** B's weights less A's, one a patch, in [-1, 1]; null where the grids differ. */
export function signedDifference(a: Looked, b: Looked, direction: Direction): Float32Array | null {
	if (!isSameGrid(a.attention, b.attention)) return null;
	const [ofA, ofB] = [a, b].map((one) => patchPart(lineOf(one, direction), one.attention.prefix));
	return ofB?.map((weight, i) => weight - (ofA?.[i] ?? 0)) ?? null;
}

function lineOf({ attention, head, token }: Looked, direction: Direction): Float32Array {
	return direction === 'from' ? rowOf(attention, head, token) : columnOf(attention, head, token);
}
