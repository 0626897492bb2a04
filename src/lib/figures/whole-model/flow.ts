import type { ViTConfig } from '../../engine/vit/config';
import { tapSpecs } from '../../engine/families';
import type { TapData, TapSpec } from '../../engine/tap';

/** One of the three functions that the whole model is, with the intermediates that it makes. */
export interface Section {
	readonly id: 'embed' | 'block' | 'head';
	readonly taps: readonly TapSpec[];
}

/** Every intermediate of the forward pass, of one block of those that there are. @param block counted from 0 */
export function flowOf(config: ViTConfig, block: number): Section[] {
	const specs = tapSpecs(config);
	const ofBlock = specs.filter(({ name }) => name.startsWith(`blocks.${block}.`));
	const first = specs.findIndex(({ name }) => name.startsWith('blocks.'));
	const after = specs.findLastIndex(({ name }) => name.startsWith('blocks.')) + 1;
	return [
		{ id: 'embed', taps: specs.slice(0, first) },
		{ id: 'block', taps: ofBlock },
		{ id: 'head', taps: specs.slice(after) }
	];
}

/** What the code makes in one line, which is named after the first. */
const TOGETHER = [
	['query', 'key', 'value'],
	['mlp.gate', 'mlp.value']
] as const;

/**
 * Whether an intermediate is the one that the reader points at.
 * @param pointed its name, in which `*` stands for the block that is shown
 */
export function isLit(name: string, pointed: string | null, block: number): boolean {
	if (pointed === null) return false;
	const wanted = pointed.replace('blocks.*', `blocks.${block}`);
	if (wanted === name) return true;
	return TOGETHER.some(
		([first, ...others]) =>
			wanted === `blocks.${block}.${first}` && others.some((other) => name === `blocks.${block}.${other}`)
	);
}

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

export function thumbnailOf({ data, shape }: Pick<TapData, 'data' | 'shape'>): Thumbnail {
	const [high, wide] = sidesOf(shape);
	const all = data.subarray(0, high * wide);
	const [down, across] = [Math.ceil(high / MOST), Math.ceil(wide / MOST)];
	const [rows, columns] = [Math.ceil(high / down), Math.ceil(wide / across)];
	const values = new Float32Array(rows * columns);
	for (let row = 0, i = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++, i++) values[i] = all[row * down * wide + column * across] ?? NaN;
	}
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

/** `197 × 192`: the shape without the batch axis, which is always 1. */
export function shapeText(shape: readonly number[]): string {
	return shape.slice(1).join(' × ');
}
