import type { PreprocessConfig } from '../../engine/config';
import type { PixelSource } from '../../engine/pixel-source';

/**
 * A picture as numbers `x = byte / 127.5 - 1`, so that 0 is middle grey, whatever a model subtracts and divides by: what
 * a change of a photo acts on.
 */
export interface Pixels {
	/** `3 * height * width` numbers, in [-1, 1] for any byte: red, then green, then blue, each row-major. */
	readonly data: Float32Array;
	readonly width: number;
	readonly height: number;
}

/** Mean and standard deviation of each channel, of values from 0 to 1. */
export type Normalisation = Pick<PreprocessConfig, 'mean' | 'std'>;

/** @param data opaque RGBA bytes, row-major */
export function pixelsOf({
	data,
	width,
	height
}: {
	readonly data: Uint8ClampedArray | Uint8Array;
	readonly width: number;
	readonly height: number;
}): Pixels {
	const size = width * height;
	const byte = (i: number) => data[4 * (i % size) + Math.floor(i / size)] ?? 0;
	return { data: Float32Array.from({ length: 3 * size }, (_, i) => byte(i) / 127.5 - 1), width, height };
}

/** The nearest bytes, opaque RGBA. */
export function bytesOf({ data, width, height }: Pixels): Uint8ClampedArray<ArrayBuffer> {
	const size = width * height;
	const bytes = new Uint8ClampedArray(4 * size).fill(255);
	for (const [i, x] of data.entries()) bytes[4 * (i % size) + Math.floor(i / size)] = Math.round((x + 1) * 127.5);
	return bytes;
}

/** As the resampling reads a picture. */
export function sourceOf(pixels: Pixels): PixelSource {
	const bytes = bytesOf(pixels);
	const { width, height } = pixels;
	return { width, height, rows: (from, to) => bytes.subarray(from * width * 4, to * width * 4) };
}

/**
 * A picture as a model's input, `1 c h w`: `(byte * rescale - mean) / std`, of bytes that need not be whole.
 * @param config the model's own, with another mean and std where a change says so
 */
export function inputOf(
	{ data, width, height }: Pixels,
	{ rescale, mean, std }: Normalisation & Pick<PreprocessConfig, 'rescale'>
): Float32Array<ArrayBuffer> {
	const size = width * height;
	return Float32Array.from(data, (x, i) => {
		const channel = Math.floor(i / size);
		return ((x + 1) * 127.5 * rescale - (mean[channel] ?? 0)) / (std[channel] ?? 1);
	});
}

/**
 * A picture of which every number is taken from another place of the same channel.
 * @param from row and column that the number at a row and column comes from
 */
export function rearranged(
	{ data, width, height }: Pixels,
	from: (row: number, column: number) => readonly [row: number, column: number],
	to: { readonly width: number; readonly height: number } = { width, height }
): Pixels {
	const size = to.width * to.height;
	const out = new Float32Array(3 * size);
	for (let row = 0; row < to.height; row++) {
		for (let column = 0; column < to.width; column++) {
			const [r, c] = from(row, column);
			for (let channel = 0; channel < 3; channel++)
				out[channel * size + row * to.width + column] = data[(channel * height + r) * width + c] ?? NaN;
		}
	}
	return { data: out, ...to };
}

/** The place that a place beyond an edge mirrors, the edge itself not repeated: -1 is 1, `length` is `length - 2`. */
export function mirrored(place: number, length: number): number {
	if (length === 1) return 0;
	const period = 2 * (length - 1);
	const within = ((place % period) + period) % period;
	return within < length ? within : period - within;
}
