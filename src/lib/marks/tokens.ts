/** Rows and columns of the patch grid, and the tokens that stand before the patches. */
export interface Grid {
	readonly rows: number;
	readonly columns: number;
	/** What the tokens before the patches are called, in order; CLS alone where nothing is said. */
	readonly prefix?: readonly string[];
	/** Whether a place is no patch but a token that patches were merged into, as on the maps of a Swin. */
	readonly merged?: boolean;
}

/** The CLS token, where there is one: the first of all. The patches follow those of the prefix, row-major. */
export const CLS = 0;

const CLS_NAME = 'CLS';
const ONLY_CLS: readonly string[] = [CLS_NAME];

/** What the tokens before the patches are called. */
export function prefixOf({ prefix = ONLY_CLS }: Grid): readonly string[] {
	return prefix;
}

/** Whether a CLS token stands first: some models have none, and begin with a register or with the first patch. */
export function hasCls(grid: Grid): boolean {
	return prefixOf(grid)[CLS] === CLS_NAME;
}

/** What is looked from before anything was chosen: CLS, or the patch in the middle of a model without one. */
export function firstQuery(grid: Grid): number {
	return hasCls(grid) ? CLS : tokenAt(0.5, 0.5, grid);
}

/** The token of the first patch, which is how many stand before the patches. */
export function firstPatch(grid: Grid): number {
	return prefixOf(grid).length;
}

/** The place of a patch token in the grid, counted from 0; null for those before the patches. */
export function placeOf(token: number, grid: Grid): { row: number; column: number } | null {
	const patch = token - firstPatch(grid);
	if (patch < 0) return null;
	return { row: Math.floor(patch / grid.columns), column: patch % grid.columns };
}

/** `CLS`, `Register 2`, or the place of a patch counted from 1: `row 3, column 4`. */
export function tokenName(token: number, grid: Grid): string {
	const place = placeOf(token, grid);
	return place ? `row ${place.row + 1}, column ${place.column + 1}` : (prefixOf(grid)[token] ?? '');
}

/**
 * `16 × 16 tokens`, or which number is which where they differ: `7 rows × 11 columns of tokens`.
 * @param what is counted; the bare size without it
 */
export function gridSize({ rows, columns }: Pick<Grid, 'rows' | 'columns'>, what = ''): string {
	if (rows === columns) return `${rows} × ${columns} ${what}`.trim();
	const down = rows === 1 ? /* @wc-include */ `${rows} row` : /* @wc-include */ `${rows} rows`;
	const across = columns === 1 ? /* @wc-include */ `${columns} column` : /* @wc-include */ `${columns} columns`;
	return what ? `${down} × ${across} of ${what}` : `${down} × ${across}`;
}

/** The patch token under a point given in shares of the figure's width and height; points outside count as the edge. */
export function tokenAt(x: number, y: number, grid: Grid): number {
	const { rows, columns } = grid;
	const column = Math.min(columns - 1, Math.max(0, Math.floor(x * columns)));
	const row = Math.min(rows - 1, Math.max(0, Math.floor(y * rows)));
	return firstPatch(grid) + row * columns + column;
}

/**
 * Where a key leads from a token: arrows step to the neighbour and stop at the edge, Home and End go to the ends of the
 * row, `c` goes to the first of the tokens before the patches, mostly CLS, and from there on to the others in turn. From any of these every arrow leads
 * to the first patch. Null for a key that means nothing here, as `c` does where nothing stands before the patches.
 */
export function moveToken(token: number, key: string, grid: Grid): number | null {
	const place = placeOf(token, grid);
	const before = firstPatch(grid);
	if (key === 'c' || key === 'C') return before === 0 ? null : place ? CLS : (token + 1) % before;
	const from = place ?? { row: 0, column: 0 };
	const to = moveCell(from, key, grid);
	if (to === null) return null;
	const { row, column } = place === null ? from : to;
	return firstPatch(grid) + row * grid.columns + column;
}

/** Where an arrow key, Home or End leads in a grid, never past its edges; null for any other key. */
export function moveCell(
	{ row, column }: { row: number; column: number },
	key: string,
	{ rows, columns }: Grid
): { row: number; column: number } | null {
	switch (key) {
		case 'ArrowLeft':
			return { row, column: Math.max(0, column - 1) };
		case 'ArrowRight':
			return { row, column: Math.min(columns - 1, column + 1) };
		case 'ArrowUp':
			return { row: Math.max(0, row - 1), column };
		case 'ArrowDown':
			return { row: Math.min(rows - 1, row + 1), column };
		case 'Home':
			return { row, column: 0 };
		case 'End':
			return { row, column: columns - 1 };
		default:
			return null;
	}
}
