import { firstPatch, hasCls, type Grid } from '../../marks/tokens';

/** Tokens that follow one another. */
export interface Band {
	readonly first: number;
	readonly count: number;
}

/**
 * The tokens that the matrix shows. The first maps of a model with stages have thousands of narrow tokens, too many for the
 * rows of a matrix: of such a map it shows as many whole rows as make it no taller than wide, the token's among them. Of
 * one sequence it shows all tokens.
 * @param features of a token
 */
export function bandOf(grid: Grid, token: number, features: number): Band {
	const { rows, columns } = grid;
	if (!grid.merged) return { first: 0, count: firstPatch(grid) + rows * columns };
	const high = Math.max(1, Math.floor(features / columns));
	const row = Math.floor(token / (columns * high)) * high;
	return { first: row * columns, count: Math.min(high, rows - row) * columns };
}

/** Which tokens those are, in the middle of a sentence. */
export function bandWords({ first, count }: Band, grid: Grid): string {
	const { rows, columns } = grid;
	if (hasCls(grid)) return 'tokens, CLS first';
	if (firstPatch(grid) > 0) return 'tokens, registers first';
	const [from, to] = [first / columns + 1, (first + count) / columns];
	if (to - from + 1 === rows) return 'tokens, row by row';
	return from === to ? `tokens in row ${from} of ${rows}` : `tokens in rows ${from} to ${to} of ${rows}`;
}
