import { firstPatch, type Grid } from '../../marks/tokens';

/**
 * How Swin cuts a grid of patches into windows (Liu et al., "Swin Transformer", arXiv 2103.14030, sections 3.1 and 3.2).
 * Patches are counted from 0, row-major, without CLS: Swin has none.
 */
export interface Windows {
	readonly grid: Grid;
	/** Side of a window, in patches. */
	readonly window: number;
	/** By how many patches the grid is rolled up and to the left before it is cut; 0 for a block without a shift. */
	readonly shift: number;
	/** The grid with the padding at its right and bottom edge that makes it a whole number of windows. */
	readonly padded: Grid;
	/** Windows in each direction. */
	readonly across: number;
	readonly down: number;
}

/** A cell of the rolled grid. */
export interface Cell {
	/** Its window, row-major. */
	readonly window: number;
	/**
	 * Which of the nine regions of the rolled grid it lies in, row-major: cells of one window that lie in different
	 * regions were not neighbours before the roll.
	 */
	readonly region: number;
	/** The patch that the roll has brought here; null for padding. */
	readonly patch: number | null;
}

/** How far Swin shifts windows of a side: half of it, rounded down. */
export const shiftOf = (window: number): number => Math.floor(window / 2);

/** Windows of `window * window` patches on a grid, after a cyclic shift by `shift` patches. */
export function windowsOf(grid: Grid, window: number, shift = 0): Windows {
	const down = Math.ceil(grid.rows / window);
	const across = Math.ceil(grid.columns / window);
	return { grid, window, shift, padded: { rows: down * window, columns: across * window }, across, down };
}

/** The cell at a place of the rolled, padded grid, counted from 0. */
export function cellAt(windows: Windows, row: number, column: number): Cell {
	const { grid, window, shift, padded, across } = windows;
	const from = { row: (row + shift) % padded.rows, column: (column + shift) % padded.columns };
	const inside = from.row < grid.rows && from.column < grid.columns;
	return {
		window: Math.floor(row / window) * across + Math.floor(column / window),
		region: 3 * band(row, padded.rows, windows) + band(column, padded.columns, windows),
		patch: inside ? from.row * grid.columns + from.column : null
	};
}

/**
 * The three stretches of a rolled axis: windows that hold one stretch of the photo, then, in the last window, what
 * still belongs there, and what the roll has brought from the other end.
 */
function band(place: number, length: number, { window, shift }: Windows): number {
	if (shift === 0 || place < length - window) return 0;
	return place < length - shift ? 1 : 2;
}

/** Where a patch is in the rolled grid. */
export function placeInRolled({ grid, shift, padded }: Windows, patch: number): { row: number; column: number } {
	const row = Math.floor(patch / grid.columns);
	const column = patch % grid.columns;
	return {
		row: (row - shift + padded.rows) % padded.rows,
		column: (column - shift + padded.columns) % padded.columns
	};
}

/** The cell that holds a patch. */
export function cellOf(windows: Windows, patch: number): Cell {
	const { row, column } = placeInRolled(windows, patch);
	return cellAt(windows, row, column);
}

/** Whether one patch may attend to another: the same window, and neighbours before the roll. Padding takes no part. */
export function mayAttend(a: Cell, b: Cell): boolean {
	return a.patch !== null && b.patch !== null && a.window === b.window && a.region === b.region;
}

/** The cells of one window, row-major: `window * window` of them. */
export function cellsOf(windows: Windows, index: number): Cell[] {
	const { window, across } = windows;
	const top = Math.floor(index / across) * window;
	const left = (index % across) * window;
	return Array.from({ length: window ** 2 }, (_, i) =>
		cellAt(windows, top + Math.floor(i / window), left + (i % window))
	);
}

/** Which cells of a window may attend to which: 1 or 0, row-major, rows are queries and columns keys. */
export function maskOf(windows: Windows, index: number): Float32Array {
	const cells = cellsOf(windows, index);
	return Float32Array.from(cells.flatMap((query) => cells.map((key) => (mayAttend(query, key) ? 1 : 0))));
}

/** The patches that a patch may attend to, itself included, rising. */
export function neighboursOf(windows: Windows, patch: number): number[] {
	const own = cellOf(windows, patch);
	return cellsOf(windows, own.window)
		.filter((cell) => mayAttend(own, cell))
		.map((cell) => cell.patch ?? 0)
		.sort((a, b) => a - b);
}

/**
 * After how many blocks each patch has heard from `patch`, when plain and shifted windows take turns, a plain block
 * first: 0 for the patch itself; Infinity where `blocks` are not enough.
 */
export function reachOf(grid: Grid, window: number, patch: number, blocks: number): Float32Array {
	const reach = new Float32Array(grid.rows * grid.columns).fill(Infinity);
	reach[patch] = 0;
	const plain = windowsOf(grid, window);
	const shifted = windowsOf(grid, window, shiftOf(window));
	for (let block = 1; block <= blocks; block++) {
		const windows = block % 2 === 1 ? plain : shifted;
		const heard = [...reach.keys()].filter((i) => (reach[i] ?? Infinity) < block);
		for (const next of heard.flatMap((i) => neighboursOf(windows, i))) {
			reach[next] = Math.min(reach[next] ?? Infinity, block);
		}
	}
	return reach;
}

/** Window sizes to choose from: those that divide the grid, from 2 patches to half of it, and Swin's 7 and 4 with padding. */
export function windowSizes({ rows, columns }: Grid): number[] {
	const half = Math.floor(Math.min(rows, columns) / 2);
	const sizes = Array.from({ length: half }, (_, i) => i + 1).filter(
		(size) => size > 1 && ((rows % size === 0 && columns % size === 0) || size === 4 || size === PAPER_WINDOW)
	);
	return sizes.length > 0 ? sizes : [Math.max(1, half)];
}

/** The window that the paper uses throughout, in patches. */
const PAPER_WINDOW = 7;

/**
 * The patch that the figure follows, from 0: of the token that was chosen, or the one at a corner of its window that is
 * nearest to the middle, so that it has neighbours in other windows.
 */
export function shownPatch(grid: Grid, window: number, token: number): number {
	const { rows, columns } = grid;
	const chosen = token - firstPatch(grid);
	if (chosen >= 0 && chosen < rows * columns) return chosen;
	const corner = (length: number) => {
		const middle = Math.floor(length / 2);
		const border = Math.round(middle / window) * window;
		return middle >= border ? Math.min(border, length - 1) : border - 1;
	};
	return corner(rows) * columns + corner(columns);
}

/** The window that is shown: the one asked for where the grid offers it, else the largest up to the paper's. */
export function shownWindow(grid: Grid, asked: number): number {
	const sizes = windowSizes(grid);
	if (sizes.includes(asked)) return asked;
	return sizes.filter((size) => size <= PAPER_WINDOW).at(-1) ?? sizes[0] ?? 1;
}
