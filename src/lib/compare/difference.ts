import { rowOf } from '../analysis/attention';
import type { Pause } from '../base/slices';
import { jensenShannon, normalised, onCommonGrid, totalVariation, type GridWeights } from '../analysis/divergence';
import type { Line, Whole } from '../views/model-view';

/** How far two maps are apart, both in [0, 1]. */
export interface Difference {
	/** The share of the attention that lies elsewhere. */
	readonly totalVariation: number;
	/** In bits. */
	readonly jensenShannon: number;
}

const isSameGrid = (a: Pick<Line, 'rows' | 'columns'>, b: Pick<Line, 'rows' | 'columns'>) =>
	a.rows === b.rows && a.columns === b.columns;

/**
 * How far two maps of the same picture are apart. A row of the attention matrix sums to 1 as it is; a column is made to.
 * What lies on no patch counts as one place. Grids that differ are compared by area: each patch's weight is spread
 * evenly over its square.
 */
export function differenceOf(a: Line, b: Line): Difference {
	const [p, q] = [parted(a), parted(b)];
	const [overA, overB] = onCommonGrid(p.grid, q.grid);
	const [wholeA, wholeB] = [Float64Array.of(p.before, ...overA), Float64Array.of(q.before, ...overB)];
	return { totalVariation: totalVariation(wholeA, wholeB), jensenShannon: jensenShannon(wholeA, wholeB) };
}

/** A map that sums to 1, with what lies on no patch together. */
function parted({ values, rows, columns, before }: Line): { before: number; grid: GridWeights } {
	const whole = normalised(Float64Array.of(before, ...values.map((weight) => weight || 0)));
	return { before: whole[0] ?? 0, grid: { values: whole.subarray(1), rows, columns } };
}

/** Whether the tokens of the one are those of the other. */
export const haveSameTokens = ({ attention: a }: Whole, { attention: b }: Whole): boolean =>
	a.tokens === b.tokens && a.prefix === b.prefix && isSameGrid(a, b);

/**
 * Mean total variation over all queries of two heads that {@link haveSameTokens}, in [0, 1].
 * @param pause awaited before each query
 * @throws whatever `pause` throws
 */
export async function meanTotalVariation(a: Whole, b: Whole, pause: Pause = () => undefined): Promise<number> {
	const { tokens } = a.attention;
	let sum = 0;
	for (let token = 0; token < tokens; token++) {
		await pause();
		sum += totalVariation(rowOf(a.attention, a.head, token), rowOf(b.attention, b.head, token));
	}
	return sum / tokens;
}

/** B's weights less A's, one a patch, in [-1, 1]; null where the grids differ. Where a query cannot look is 0. */
export function signedDifference(a: Line, b: Line): Float32Array | null {
	return isSameGrid(a, b) ? b.values.map((weight, i) => (weight || 0) - (a.values[i] || 0)) : null;
}
