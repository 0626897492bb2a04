import { rowOf, type Attention } from '../../analysis/attention';
import { CLS, hasCls, placeOf, type Grid } from '../../marks/tokens';

/** What each token gets, as a mean over all queries and heads: one share a token, which sum to 1. */
export function received(a: Attention): Float32Array {
	const sums = new Float64Array(a.tokens);
	for (let head = 0; head < a.heads; head++) {
		for (let query = 0; query < a.tokens; query++) {
			for (const [key, weight] of rowOf(a, head, query).entries()) sums[key] = (sums[key] ?? 0) + weight;
		}
	}
	return Float32Array.from(sums, (sum) => sum / (a.heads * a.tokens));
}

/**
 * Where a token lies: the choices of the prediction. 0 is CLS, 1 a corner, 2 another patch of the edge, 3 inside; null is
 * another token before the patches, which is none of them.
 */
export function regionOf(token: number, grid: Grid): 0 | 1 | 2 | 3 | null {
	if (token === CLS && hasCls(grid)) return 0;
	const place = placeOf(token, grid);
	if (!place) return null;
	const { row, column } = place;
	const { rows, columns } = grid;
	const edges = Number(row === 0 || row === rows - 1) + Number(column === 0 || column === columns - 1);
	return edges === 2 ? 1 : edges === 1 ? 2 : 3;
}
