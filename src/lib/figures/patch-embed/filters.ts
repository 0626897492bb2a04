import type { Numbers } from '../../analysis/linear';

/** Small signed pictures, one after another, each (channels, side, side). */
export interface Filters {
	/** `count * channels * side * side`. */
	readonly data: Numbers;
	readonly count: number;
	readonly channels: number;
	readonly side: number;
}

/**
 * The columns of the projection as pictures: filter f holds the weights by which the pixels of a patch are multiplied
 * to make feature f.
 * @param weight (channels * side * side, features), row-major
 */
export function filtersOf(weight: Numbers, features: number, channels: number, side: number): Filters {
	const size = channels * side * side;
	const data = Float32Array.from(
		{ length: features * size },
		(_, i) => weight[(i % size) * features + Math.floor(i / size)] ?? NaN
	);
	return { data, count: features, channels, side };
}

/** Largest absolute weight of one filter, or of all. */
export function reachOfFilter({ data, count, channels, side }: Filters, filter: number | 'all'): number {
	const size = channels * side * side;
	const [start, end] = filter === 'all' ? [0, count * size] : [filter * size, (filter + 1) * size];
	let reach = 0;
	for (let i = start; i < end; i++) reach = Math.max(reach, Math.abs(data[i] ?? 0));
	return reach;
}

/** How a picture of filters is laid out, in cells with a margin of a pixel. */
export interface Sheet {
	readonly perLine: number;
	readonly lines: number;
}

/** Pixels of margin around each filter. */
export const FRAME = 1;

/**
 * All filters as one picture: middle grey is 0, and a weight of `reach` is full brightness of its colour, `-reach` none.
 * @param reach of each filter
 * @returns RGBA, `(perLine * (side + 2)) * (lines * (side + 2))` pixels; transparent between filters
 */
export function drawFilters(
	filters: Filters,
	reach: (filter: number) => number,
	{ perLine, lines }: Sheet
): Uint8ClampedArray<ArrayBuffer> {
	const cell = filters.side + 2 * FRAME;
	const width = perLine * cell;
	const pixels = new Uint8ClampedArray(4 * width * lines * cell);
	for (let filter = 0; filter < filters.count; filter++) {
		const left = (filter % perLine) * cell + FRAME;
		const top = Math.floor(filter / perLine) * cell + FRAME;
		drawFilter(pixels, width, { left, top }, filters, filter, reach(filter) || 1);
	}
	return pixels;
}

function drawFilter(
	pixels: Uint8ClampedArray,
	width: number,
	{ left, top }: { left: number; top: number },
	{ data, channels, side }: Filters,
	filter: number,
	reach: number
): void {
	const area = side * side;
	for (let i = 0; i < area; i++) {
		const at = 4 * ((top + Math.floor(i / side)) * width + left + (i % side));
		for (let c = 0; c < 3; c++) {
			// A model of one channel is drawn in greys.
			const value = data[(filter * channels + Math.min(c, channels - 1)) * area + i] ?? 0;
			pixels[at + c] = 127.5 * (1 + value / reach);
		}
		pixels[at + 3] = 255;
	}
}
