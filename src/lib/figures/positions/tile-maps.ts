import type { Grid } from '../../marks/tokens';

/**
 * Maps laid side by side, with a line of zeros after each row and column of maps.
 * @param maps one a cell of the grid, each `rows * columns` values
 * @returns the picture, row-major, and its size
 */
export function tileMaps(maps: readonly Float32Array[], { rows, columns }: Grid) {
	const [width, height] = [columns * (columns + 1), rows * (rows + 1)];
	const values = new Float32Array(width * height);
	for (const [at, map] of maps.entries()) {
		const [top, left] = [Math.floor(at / columns) * (rows + 1), (at % columns) * (columns + 1)];
		for (let row = 0; row < rows; row++) {
			values.set(map.subarray(row * columns, (row + 1) * columns), (top + row) * width + left);
		}
	}
	return { values, rows: height, columns: width };
}
