/** Rows and columns of the patch grid. */
export interface Grid {
	readonly rows: number;
	readonly columns: number;
}

/** The CLS token; the patches follow it as tokens 1 to `rows * columns`, row-major. */
export const CLS = 0;

/** The place of a patch token in the grid, counted from 0; null for CLS. */
export function placeOf(token: number, { columns }: Grid): { row: number; column: number } | null {
	if (token === CLS) return null;
	return { row: Math.floor((token - 1) / columns), column: (token - 1) % columns };
}

/** The patch token under a point given in shares of the figure's width and height; points outside count as the edge. */
export function tokenAt(x: number, y: number, { rows, columns }: Grid): number {
	const column = Math.min(columns - 1, Math.max(0, Math.floor(x * columns)));
	const row = Math.min(rows - 1, Math.max(0, Math.floor(y * rows)));
	return 1 + row * columns + column;
}

/**
 * Where a key leads from a token: arrows step to the neighbour and stop at the edge, Home and End go to the ends of the
 * row, `c` goes to CLS. From CLS every arrow leads to the first patch. Null for a key that means nothing here.
 */
export function moveToken(token: number, key: string, grid: Grid): number | null {
	if (key === 'c' || key === 'C') return CLS;
	const place = placeOf(token, grid);
	const from = place ?? { row: 0, column: 0 };
	const to = moveCell(from, key, grid);
	if (to === null) return null;
	const { row, column } = place === null ? from : to;
	return 1 + row * grid.columns + column;
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
