import type { CommonConfig } from '../../engine/config';
import type { Numbers } from '../../analysis/linear';

/** A dot product, taken apart. */
export interface Steps {
	/** (n): element times element. */
	readonly products: Float64Array;
	/** (n + 1): sum of the first k products, so 0 first and the whole last. */
	readonly sums: Float64Array;
}

/** The dot product of two vectors of one length, step by step. */
export function stepsOf(x: Numbers, weights: Numbers): Steps {
	const products = Float64Array.from({ length: x.length }, (_, i) => (x[i] ?? NaN) * (weights[i] ?? NaN));
	const sums = new Float64Array(x.length + 1);
	products.forEach((product, i) => (sums[i + 1] = (sums[i] ?? 0) + product));
	return { products, sums };
}

/** Which pixel an element of a patch's row is. All counted from 0. */
export interface Element {
	readonly channel: number;
	readonly row: number;
	readonly column: number;
}

/** The row of a patch lists channel by channel, in each row by row. */
export function elementAt(index: number, patchSize: number): Element {
	const area = patchSize * patchSize;
	const within = index % area;
	return { channel: Math.floor(index / area), row: Math.floor(within / patchSize), column: within % patchSize };
}

export function indexOfElement({ channel, row, column }: Element, patchSize: number): number {
	return (channel * patchSize + row) * patchSize + column;
}

/** What a channel is called. */
export function channelName(channel: number, channels: number): string {
	return (channels === 3 ? ['red', 'green', 'blue'][channel] : undefined) ?? `channel ${channel + 1}`;
}

/** An element in words: `red, row 3, column 5`. */
export function nameOfElement(index: number, { patchSize, channels }: CommonConfig): string {
	const { channel, row, column } = elementAt(index, patchSize);
	return `${channelName(channel, channels)}, row ${row + 1}, column ${column + 1}`;
}
