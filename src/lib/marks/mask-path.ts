import type { Grid } from './tokens';

/** One a patch, row by row: 0 for a patch that is left out, anything else for one that is in. */
export type PatchMask = ArrayLike<number>;

type Size = Pick<Grid, 'rows' | 'columns'>;

/** A stretch of neighbours along a line of the grid. */
interface Stretch {
	readonly from: number;
	readonly length: number;
}

function stretches(count: number, isIn: (i: number) => boolean): Stretch[] {
	const found: Stretch[] = [];
	for (let from = 0; from < count; from++) {
		if (!isIn(from)) continue;
		let end = from + 1;
		while (end < count && isIn(end)) end++;
		found.push({ from, length: end - from });
		from = end;
	}
	return found;
}

const holds = (mask: PatchMask, { rows, columns }: Size, row: number, column: number): boolean =>
	row >= 0 && row < rows && column >= 0 && column < columns && (mask[row * columns + column] ?? 0) !== 0;

/** A rectangle of patches; one unit is one patch. */
export interface Run {
	readonly row: number;
	readonly column: number;
	readonly length: number;
}

/** The patches of a mask as runs within a row, each as long as can be, row by row. @param inside the mask's own, or all others */
export function runsOf(mask: PatchMask, grid: Size, inside: boolean): Run[] {
	const runs: Run[] = [];
	for (let row = 0; row < grid.rows; row++) {
		for (const { from, length } of stretches(grid.columns, (column) => holds(mask, grid, row, column) === inside)) {
			runs.push({ row, column: from, length });
		}
	}
	return runs;
}

/** All that is outside of a mask, as a path of SVG in which one unit is one patch; empty where nothing is. */
export function outsidePath(mask: PatchMask, grid: Size): string {
	return runsOf(mask, grid, false)
		.map(({ row, column, length }) => `M${column} ${row}h${length}v1h${-length}z`)
		.join('');
}

/**
 * The border of a mask: every line between a patch that is in and one that is not, the picture's edge included, as a path
 * of SVG in which one unit is one patch. Lines are as long as can be, and none is there twice.
 */
export function borderPath(mask: PatchMask, grid: Size): string {
	const { rows, columns } = grid;
	const isIn = (row: number, column: number) => holds(mask, grid, row, column);
	const lines: string[] = [];
	for (let row = 0; row <= rows; row++) {
		const across = stretches(columns, (column) => isIn(row - 1, column) !== isIn(row, column));
		lines.push(...across.map(({ from, length }) => `M${from} ${row}h${length}`));
	}
	for (let column = 0; column <= columns; column++) {
		const down = stretches(rows, (row) => isIn(row, column - 1) !== isIn(row, column));
		lines.push(...down.map(({ from, length }) => `M${column} ${from}v${length}`));
	}
	return lines.join('');
}
