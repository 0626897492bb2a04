import { shuffled } from '../base/shuffled';
import type { BrushGrid } from './brush';

/**
 * The patch that stands at each place once the squares of a grid were shuffled. The patches of one square stay together.
 * @param seed decides the order
 */
export function blockOrder({ rows, columns, each }: BrushGrid, seed: number): number[] {
	const squares = shuffled(rows * columns, seed);
	const width = columns * each;
	return Array.from({ length: rows * each * width }, (_, place) => {
		const [row, column] = [Math.floor(place / width), place % width];
		const square = squares[Math.floor(row / each) * columns + Math.floor(column / each)] ?? 0;
		const from = { row: Math.floor(square / columns) * each, column: (square % columns) * each };
		return (from.row + (row % each)) * width + from.column + (column % each);
	});
}

/** Rows and columns exchanged: what stands at each place of a square grid once row r, column c has what c, r had. */
export function transposedOrder(side: number): number[] {
	return Array.from({ length: side ** 2 }, (_, i) => (i % side) * side + Math.floor(i / side));
}
