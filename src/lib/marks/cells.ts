import { indexAt } from './cursor';
import type { Box } from './tip';
import { moveCell, type Grid } from './tokens';

/** The place of a cell, counted from 0. */
export interface Cell {
	readonly row: number;
	readonly column: number;
}

/** The cells of a grid, numbered from 0, row by row: what a `ReadSurface` needs to have them read one by one. */
export interface Cells {
	readonly count: number;
	readonly cellOf: (index: number) => Cell;
	readonly indexOf: (cell: Cell) => number;
	/** The cell under a point given in shares of the grid's width and height; points outside count as the edge. */
	readonly find: (x: number, y: number) => number;
	/** Where an arrow key, Home or End leads, never past the edges; null for any other key. */
	readonly move: (index: number, key: string) => number | null;
	/** Where a cell is, in shares of the grid's width and height. */
	readonly boxOf: (index: number) => Box;
}

export function cellsOf({ rows, columns }: Grid): Cells {
	const cellOf = (index: number): Cell => ({ row: Math.floor(index / columns), column: index % columns });
	const indexOf = ({ row, column }: Cell) => row * columns + column;
	return {
		count: rows * columns,
		cellOf,
		indexOf,
		find: (x, y) => indexOf({ row: indexAt(y, rows), column: indexAt(x, columns) }),
		move(index, key) {
			const next = moveCell(cellOf(index), key, { rows, columns });
			return next && indexOf(next);
		},
		boxOf(index) {
			const { row, column } = cellOf(index);
			return { left: column / columns, top: row / rows, width: 1 / columns, height: 1 / rows };
		}
	};
}
