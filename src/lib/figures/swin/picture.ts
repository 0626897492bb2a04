import type { Grid } from '../../marks/tokens';
import { cellAt, placeInRolled, type Cell, type Windows } from './windows';

/** Where a cell of a rolled grid has come from: it has stayed with its neighbours, or was brought from an edge. */
export const KINDS = ['A', 'B', 'C', 'D'] as const;
export type Kind = (typeof KINDS)[number];

/** What the letters mean. */
export const MEANING: Readonly<Record<Kind, string>> = {
	A: 'next to each other in the photo',
	B: 'rolled in from the left edge',
	C: 'rolled in from the top edge',
	D: 'rolled in from the corner'
};

/** The colours of the letters; the first has none. */
export const TINT: Readonly<Record<Kind, string>> = {
	A: 'var(--cls)',
	B: 'var(--mlp)',
	C: 'var(--value)',
	D: 'var(--residual)'
};

/** The third band of an axis holds what the roll has brought from its other end. */
export function kindOf({ region }: Pick<Cell, 'region'>): Kind {
	const fromTop = Math.floor(region / 3) === 2;
	const fromLeft = region % 3 === 2;
	return KINDS[(fromTop ? 2 : 0) + (fromLeft ? 1 : 0)] ?? 'A';
}

/** SVG path of unit squares, one a cell, in units of cells. */
export const squares = (cells: readonly { row: number; column: number }[]): string =>
	cells.map(({ row, column }) => `M${column} ${row}h1v1h-1z`).join('');

/** The patches of one kind, as a path over the photo before it is rolled. */
export function pathOfKind(windows: Windows, kind: Kind): string {
	const { grid } = windows;
	const cells = Array.from({ length: grid.rows * grid.columns }, (_, patch) => ({
		patch,
		row: Math.floor(patch / grid.columns),
		column: patch % grid.columns
	}));
	return squares(
		cells.filter(({ patch }) => {
			const { row, column } = placeInRolled(windows, patch);
			return kindOf(cellAt(windows, row, column)) === kind;
		})
	);
}

/** One value a cell of the padded grid from one value a patch; NaN, which is drawn as nothing, for padding. */
export function onPaddedGrid({ grid, padded }: Windows, values: ArrayLike<number>): Float32Array {
	return Float32Array.from({ length: padded.rows * padded.columns }, (_, i) => {
		const [row, column] = [Math.floor(i / padded.columns), i % padded.columns];
		return row < grid.rows && column < grid.columns ? (values[row * grid.columns + column] ?? NaN) : NaN;
	});
}

/** The patch at a cell of the padded grid that has been rolled by whole patches; null for padding. Cells from 0. */
export function patchAt(windows: Windows, rolled: number, cell: number): number | null {
	const { padded } = windows;
	return cellAt({ ...windows, shift: rolled }, Math.floor(cell / padded.columns), cell % padded.columns).patch;
}

/** The cell of the padded grid, rolled by whole patches, that holds a patch. */
export function cellOfPatch(windows: Windows, rolled: number, patch: number): number {
	const { row, column } = placeInRolled({ ...windows, shift: rolled }, patch);
	return row * windows.padded.columns + column;
}

/** The stretches of equal values in each row of a square matrix, as one path a value. */
export function runsOf(values: ArrayLike<number>, side: number): Map<number, string> {
	const paths = new Map<number, string>();
	for (let row = 0; row < side; row++) {
		for (let start = 0; start < side;) {
			const value = values[row * side + start] ?? 0;
			let end = start + 1;
			while (end < side && values[row * side + end] === value) end++;
			paths.set(value, `${paths.get(value) ?? ''}M${start} ${row}h${end - start}v1h${start - end}z`);
			start = end;
		}
	}
	return paths;
}

/** A patch by its place in the photo: `row 3, column 4`. @param patch from 0 */
export const nameOfPatch = (patch: number, { columns }: Grid): string =>
	`row ${Math.floor(patch / columns) + 1}, column ${(patch % columns) + 1}`;

/** How many patches have been heard from after some blocks, of the blocks that each took. */
export const heardAfter = (reach: Float32Array, blocks: number): number =>
	reach.reduce((sum, after) => sum + (after <= blocks ? 1 : 0), 0);
