import type { Edit } from '../engine/edits/edit';
import type { Anatomy } from '../engine/family';

/** The side that a square should have, in pixels; it is of whole patches. */
const SIDE = 32;

/** The squares that are hidden one after the other. */
export interface Squares {
	readonly rows: number;
	readonly columns: number;
	/** Patches along each side of one; those at the edges may be smaller. */
	readonly each: number;
}

/** The squares of a model: as near to 32 pixels as its patches make. @param grid the patches as it cuts them */
export function squaresOver(
	{ patchSize }: Pick<Anatomy, 'patchSize'>,
	grid: { readonly rows: number; readonly columns: number }
): Squares {
	const each = Math.max(1, Math.round(SIDE / patchSize));
	return { rows: Math.ceil(grid.rows / each), columns: Math.ceil(grid.columns / each), each };
}

/** Whether pixels of a model can be hidden patch by patch: its patches end where the picture does. */
export function hidesPixels({ imageSize, patchSize }: Pick<Anatomy, 'imageSize' | 'patchSize'>): boolean {
	return imageSize.every((side) => side % patchSize === 0);
}

/**
 * The edits of an occlusion map (Zeiler and Fergus 2014, arXiv 1311.2901, section 4.2): each makes the pixels of one square
 * grey, the zero of the model's input. Row by row.
 */
export function occlusions(
	{ rows, columns, each }: Squares,
	grid: { readonly rows: number; readonly columns: number }
): Edit[] {
	const along = (at: number, length: number) => [at * each, Math.min(length, (at + 1) * each) - 1] as const;
	return Array.from({ length: rows * columns }, (_, square) => ({
		tap: 'pixel_values',
		tokens: {
			rows: along(Math.floor(square / columns), grid.rows),
			columns: along(square % columns, grid.columns)
		},
		do: 'zero'
	}));
}

/** One number a patch of what there is one a square of. */
export function overSquares(
	values: ArrayLike<number>,
	{ columns, each }: Squares,
	grid: { readonly rows: number; readonly columns: number }
): Float32Array {
	return Float32Array.from({ length: grid.rows * grid.columns }, (_, patch) => {
		const [row, column] = [Math.floor(patch / grid.columns), patch % grid.columns];
		return values[Math.floor(row / each) * columns + Math.floor(column / each)] ?? NaN;
	});
}
