import { shuffled } from '../../base/shuffled';
import { rearranged, type Pixels } from './pixels';

/** Squares of a picture, row by row; what is left at the right and at the bottom is of none. */
export interface Squares {
	readonly side: number;
	readonly columns: number;
	readonly count: number;
}

export function squaresOf({ width, height }: Pixels, side: number): Squares {
	const columns = Math.floor(width / side);
	return { side, columns, count: columns * Math.floor(height / side) };
}

/** The square that a pixel lies in; null where it is of none. */
export function squareAt({ side, columns, count }: Squares, row: number, column: number): number | null {
	const [down, across] = [Math.floor(row / side), Math.floor(column / side)];
	const square = down * columns + across;
	return across < columns && square < count ? square : null;
}

/** The picture cut into squares of a side, in pixels, and these put back in an order that depends on the seed. */
export function shuffleSquares(pixels: Pixels, side: number, seed: number): Pixels {
	const squares = squaresOf(pixels, side);
	const order = shuffled(squares.count, seed);
	return rearranged(pixels, (row, column) => {
		const place = squareAt(squares, row, column);
		if (place === null) return [row, column];
		const from = order[place] ?? 0;
		return [
			Math.floor(from / squares.columns) * side + (row % side),
			(from % squares.columns) * side + (column % side)
		];
	});
}
