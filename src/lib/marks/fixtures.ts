import type { SwinConfig } from '../engine/swin/config';
import { swinConfigWith } from '../engine/testing/swin-config';

/** Fixture data for specimens of marks: small functions, the same on every visit. None of it comes from a model. */

/** Of the patch grid. */
export const ROWS = 14;
export const COLUMNS = 14;

/** A Gaussian of height 1 along one axis of the grid. */
function gaussian(length: number, centre: number, width: number): Float32Array {
	return Float32Array.from({ length }, (_, i) => Math.exp(-((i - centre) ** 2) / (2 * width * width)));
}

/** A Gaussian bump of height 1 on the patch grid, row-major: the product of one along each axis. */
export function bump(row: number, column: number, width: number): Float32Array {
	const down = gaussian(ROWS, row, width);
	const across = gaussian(COLUMNS, column, width);
	const values = new Float32Array(ROWS * COLUMNS);
	for (let i = 0; i < values.length; i++) {
		values[i] = (down[Math.floor(i / COLUMNS)] ?? 0) * (across[i % COLUMNS] ?? 0);
	}
	return values;
}

/**
 * Something like one row of attention: a share for CLS that grows with depth, and two bumps, one near the query and one
 * that the head has made up its mind about. Sums to 1.
 */
export function attentionRow(block: number, head: number, token: number): Float32Array {
	const patch = Math.max(0, token - 1);
	const row = token === 0 ? 6.5 : Math.floor(patch / COLUMNS);
	const column = token === 0 ? 6.5 : patch % COLUMNS;
	const near = bump(row + ((head % 3) - 1) * 1.5, column + ((head % 4) - 1.5), 0.8 + 0.35 * block);
	const far = bump((5 * head + 3 * block) % ROWS, (7 * head + 2 * block) % COLUMNS, 1.6);
	const cls = 0.02 + 0.03 * block;
	const weights = new Float32Array(1 + ROWS * COLUMNS);
	let sum = 0;
	for (let i = 1; i < weights.length; i++) {
		const weight = (near[i - 1] ?? 0) + 0.12 * block * (far[i - 1] ?? 0) + 0.01;
		weights[i] = weight;
		sum += weight;
	}
	for (let i = 1; i < weights.length; i++) weights[i] = ((1 - cls) * (weights[i] ?? 0)) / sum;
	weights[0] = cls;
	return weights;
}

/** A bump about the landscape's sun and one on its hills, where they are high: something like a mask. */
export function blobs(): Uint8Array {
	const [sun, hill] = [bump(3, 9, 2.1), bump(9.5, 4, 2.6)];
	return Uint8Array.from(sun, (value, i) => Number(value > 0.5 || (hill[i] ?? 0) > 0.6));
}

/** Three colours that change slowly over the grid, each in another direction. */
export function slowColours(): Uint8ClampedArray {
	const colours = new Uint8ClampedArray(3 * ROWS * COLUMNS);
	for (let i = 0; i < ROWS * COLUMNS; i++) {
		const [y, x] = [Math.floor(i / COLUMNS) / ROWS, (i % COLUMNS) / COLUMNS];
		const parts = [Math.cos(4 * x), Math.sin(5 * y), Math.cos(3 * (x - y) + 2)];
		colours.set(
			parts.map((part) => 127.5 + 127.5 * part),
			3 * i
		);
	}
	return colours;
}

/** The same of all heads: block rows of head columns, without what goes to CLS. */
export function attentionMaps(blocks: number, heads: number, token: number) {
	return Array.from({ length: blocks }, (_, block) =>
		Array.from({ length: heads }, (_, head) => ({
			block,
			head,
			values: attentionRow(block, head, token).subarray(1)
		}))
	);
}

/** A signed map in [-1, 1]. */
export function ripples(): Float32Array {
	return Float32Array.from({ length: ROWS * COLUMNS }, (_, i) => {
		const distance = Math.hypot(Math.floor(i / COLUMNS) - 5, (i % COLUMNS) - 8);
		return Math.cos(distance) * Math.exp(-distance / 6);
	});
}

type Colour = readonly [red: number, green: number, blue: number];

const mix = (a: Colour, b: Colour, t: number): Colour => [
	a[0] + (b[0] - a[0]) * t,
	a[1] + (b[1] - a[1]) * t,
	a[2] + (b[2] - a[2]) * t
];

/** The colour of a painted landscape at (x, y) in [0, 1]: a sun over three ranges of hills. */
function landscape(x: number, y: number): Colour {
	if (y > 0.8 + 0.04 * Math.sin(7 * x + 1)) return mix([52, 78, 66], [34, 52, 48], (y - 0.76) / 0.24);
	if (y > 0.64 + 0.07 * Math.sin(5 * x + 4) + 0.01 * Math.sin(31 * x)) return mix([98, 128, 110], [70, 98, 88], y);
	if (y > 0.5 + 0.1 * Math.sin(4 * x + 0.6)) return mix([150, 166, 160], [122, 146, 140], y);
	if (Math.hypot(x - 0.68, y - 0.24) < 0.1) return [250, 232, 190];
	return mix([112, 152, 186], [240, 214, 178], Math.min(1, y / 0.55));
}

const photos = new Map<number, HTMLCanvasElement>();

/** The landscape on a canvas, `size` pixels square, painted once. Needs a DOM. */
export function fixturePhoto(size = 448): HTMLCanvasElement {
	const photo = photos.get(size) ?? paintedPhoto(size);
	photos.set(size, photo);
	return photo;
}

function paintedPhoto(size: number): HTMLCanvasElement {
	const canvas = document.createElement('canvas');
	canvas.width = canvas.height = size;
	const image = new ImageData(size, size);
	for (let i = 0; i < size * size; i++) {
		const [red, green, blue] = landscape((i % size) / size, Math.floor(i / size) / size);
		image.data.set([red, green, blue, 255], 4 * i);
	}
	canvas.getContext('2d')?.putImageData(image, 0, 0);
	return canvas;
}

/** Something like the attention of one head: each token looks at its neighbours, and all of them a little at CLS. */
export function attentionMatrix(tokens: number): Float32Array {
	const matrix = new Float32Array(tokens * tokens);
	for (let query = 0; query < tokens; query++) {
		const row = matrix.subarray(query * tokens, (query + 1) * tokens);
		for (let key = 0; key < tokens; key++) row[key] = Math.exp(-((query - key) ** 2) / 18) + (key === 0 ? 0.4 : 0.01);
		const sum = row.reduce((a, b) => a + b, 0);
		for (let key = 0; key < tokens; key++) row[key] = (row[key] ?? 0) / sum;
	}
	return matrix;
}

/** A signed vector of waves, in about [-1, 1]. */
export function waves(length: number, phase = 0): Float32Array {
	return Float32Array.from({ length }, (_, i) => 0.7 * Math.sin(i / 5 + phase) + 0.3 * Math.cos(i * 1.7 + phase));
}

/** A number with its sign, as the marks' tips write it. */
export const signed = (value = 0) => value.toFixed(3).replace('-', '−');

/** A Swin whose picture fills neither its last map nor its last windows. */
export const swinConfig = (): SwinConfig =>
	swinConfigWith({
		imageSize: [112, 136],
		patchSize: 8,
		stages: [
			{ depth: 2, heads: 2, dim: 48, mlpDim: 192, window: 4 },
			{ depth: 2, heads: 4, dim: 96, mlpDim: 384, window: 4 },
			{ depth: 2, heads: 8, dim: 192, mlpDim: 768, window: 4 }
		]
	});
