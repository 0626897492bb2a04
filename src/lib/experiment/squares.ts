import type { Line } from '../views/model-view';

/**
 * The weights of a map added up over coarser squares, row-major.
 * @param grid rows and columns of the squares, which divide the map's
 */
export function sumOver(
	{ values, rows, columns }: Pick<Line, 'values' | 'rows' | 'columns'>,
	grid: { readonly rows: number; readonly columns: number }
): Float32Array {
	const sums = new Float32Array(grid.rows * grid.columns);
	const [down, across] = [rows / grid.rows, columns / grid.columns];
	for (let i = 0; i < rows * columns; i++) {
		const square = Math.floor(Math.floor(i / columns) / down) * grid.columns + Math.floor((i % columns) / across);
		sums[square] = (sums[square] ?? 0) + (values[i] ?? 0);
	}
	return sums;
}
