import type { TapData } from '../../engine/tap';

/**
 * A matrix to draw of an intermediate: the first head's, if it has heads; classes are laid out row by row. Of a large one
 * every second row or column, or every third and so on.
 */
export interface Thumbnail {
	readonly values: Float32Array;
	readonly rows: number;
	readonly columns: number;
	/** Whether it has values below zero, and so wants two colours. */
	readonly signed: boolean;
	/** From the least to the largest of all values, or symmetric about zero when signed. */
	readonly domain: readonly [number, number];
}

/** More rows or columns than that have no pixel of their own in a thumbnail, and there are millions of values to paint. */
const MOST = 256;

/** A matrix of which every second row or column is left out, or more of them, as long as there are more than {@link MOST}. */
export function thinned(all: Float32Array, high: number, wide: number): Pick<Thumbnail, 'values' | 'rows' | 'columns'> {
	const [down, across] = [Math.ceil(high / MOST), Math.ceil(wide / MOST)];
	if (down <= 1 && across <= 1) return { values: all, rows: high, columns: wide };
	const [rows, columns] = [Math.ceil(high / down), Math.ceil(wide / across)];
	const values = new Float32Array(rows * columns);
	for (let row = 0, i = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++, i++) values[i] = all[row * down * wide + column * across] ?? NaN;
	}
	return { values, rows, columns };
}

export function thumbnailOf({ data, shape }: Pick<TapData, 'data' | 'shape'>): Thumbnail {
	const [high, wide] = sidesOf(shape);
	const all = data.subarray(0, high * wide);
	const { values, rows, columns } = thinned(all, high, wide);
	let [least, largest] = [Infinity, -Infinity];
	for (const value of all) {
		if (value < least) least = value;
		if (value > largest) largest = value;
	}
	const signed = least < 0;
	const reach = Math.max(-least, largest);
	return { values, rows, columns, signed, domain: signed ? [-reach, reach] : [least, largest] };
}

function sidesOf(shape: readonly number[]): [rows: number, columns: number] {
	const [rows = 1, columns = 1] = shape.slice(-2);
	if (shape.length > 2) return [rows, columns];
	// A thousand classes in one row would be thinner than a pixel each.
	let height = Math.floor(Math.sqrt(columns));
	while (columns % height !== 0) height--;
	return [height, columns / height];
}
