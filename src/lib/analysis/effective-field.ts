import type { TapData } from '../engine/tap';
import type { Span } from './receptive-field';

/**
 * The effective receptive field of a unit (Luo et al. 2016, arXiv 1701.04128): by how much the sum over its channels moves
 * with each pixel, the absolute gradient summed over the colours.
 * @param gradient with respect to the pixels, (1, channels, height, width)
 * @returns (height, width), row by row, 0 or above
 */
export function effectiveField({ data, shape }: Pick<TapData, 'data' | 'shape'>): Float32Array {
	const [, , height = 0, width = 0] = shape;
	const field = new Float64Array(height * width);
	for (const [i, value] of data.entries()) {
		field[i % field.length] = (field[i % field.length] ?? 0) + Math.abs(value);
	}
	return Float32Array.from(field);
}

/** The share of a field that lies in some rows and columns, in [0, 1]; 0 of an empty one. @param width of the field */
export function shareIn(field: Float32Array, width: number, rows: Span, columns: Span): number {
	let [inside, all] = [0, 0];
	for (const [i, value] of field.entries()) {
		all += value;
		const [row, column] = [Math.floor(i / width), i % width];
		const isInside = row >= rows[0] && row <= rows[1] && column >= columns[0] && column <= columns[1];
		if (isInside) inside += value;
	}
	return all > 0 ? inside / all : 0;
}

/**
 * The side of the smallest square around a place that holds half of a field, in pixels.
 * @param middle row and column of the square's middle, in pixels from the first one's edge
 * @returns as far as it reaches beyond the edges, too; 0 of an empty field
 */
export function sideOfHalf(field: Float32Array, width: number, middle: readonly [number, number]): number {
	const height = field.length / width;
	const rings = new Float64Array(height + width + 2);
	let all = 0;
	for (const [i, value] of field.entries()) {
		const away = [Math.floor(i / width) + 0.5 - middle[0], (i % width) + 0.5 - middle[1]].map(Math.abs);
		const ring = Math.min(rings.length - 1, Math.floor(Math.max(...away)));
		rings[ring] = (rings[ring] ?? 0) + value;
		all += value;
	}
	let held = 0;
	if (all === 0) return 0;
	return 2 * (rings.findIndex((value) => (held += value) >= all / 2) + 1);
}

/**
 * The mean distance of a field from a place, each pixel weighted by what it has of it, in pixels: what the mean attention
 * distance is of a query's attention. NaN of an empty field.
 * @param middle row and column, in pixels from the first one's edge
 */
export function fieldDistance(field: Float32Array, width: number, middle: readonly [number, number]): number {
	let [sum, all] = [0, 0];
	for (const [i, value] of field.entries()) {
		sum += value * Math.hypot(Math.floor(i / width) + 0.5 - middle[0], (i % width) + 0.5 - middle[1]);
		all += value;
	}
	return sum / all;
}
