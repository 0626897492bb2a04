import type { PixelSource } from './pixel-source';

/** The weights of one axis: output pixel `i` reads `counts[i]` source pixels from `starts[i]`. */
export interface Windows {
	readonly starts: Int32Array;
	readonly counts: Int32Array;
	/** Fixed-point weights, `stride` for each output pixel. */
	readonly weights: Int32Array;
	readonly stride: number;
}

/** Fractional bits of a weight: 32, less 8 for the pixel and 2 for the sign and the overshoot of the cubic. */
const PRECISION_BITS = 22;
export const ONE = 1 << PRECISION_BITS;
const HALF = 1 << (PRECISION_BITS - 1);

/** The source pixels that any window reads, as [first, end). */
export function reach({ starts, counts }: Windows): [first: number, end: number] {
	const last = starts.length - 1;
	return [starts[0] ?? 0, (starts[last] ?? 0) + (counts[last] ?? 0)];
}

/** A fixed-point sum, started at one half so that the shift rounds, as a byte. */
function toByte(sum: number): number {
	const value = sum >> PRECISION_BITS;
	return value < 0 ? 0 : value > 255 ? 255 : value;
}

/**
 * Resizes a picture by the windows of its two axes: opaque RGBA bytes, as many pixels as the axes have windows. Beside a band
 * of `bandRows` rows of the source, only the rows that were resized across are held.
 */
export function convolve(
	source: PixelSource,
	across: Windows,
	down: Windows,
	bandRows: number
): Uint8ClampedArray<ArrayBuffer> {
	const [width, height] = [across.starts.length, down.starts.length];
	const [top, bottom] = reach(down);
	const narrow = new Uint8ClampedArray((bottom - top) * width * 3);
	for (let y = top; y < bottom; y += bandRows) {
		const end = Math.min(bottom, y + bandRows);
		convolveLines(
			across,
			end - y,
			{ data: source.rows(y, end), step: 4, line: source.width * 4, first: 0 },
			{ data: narrow, step: 3, line: width * 3, offset: (y - top) * width * 3 }
		);
	}
	const out = new Uint8ClampedArray(height * width * 4).fill(255);
	convolveLines(
		down,
		width,
		{ data: narrow, step: width * 3, line: 3, first: top },
		{ data: out, step: width * 4, line: 4, offset: 0 }
	);
	return out;
}

/**
 * Convolves `lines` lines of pixels with the windows. `step` and `line` are the distances, in array elements, from
 * one source pixel to the next along and across the axis; `outStep` and `outLine` the same for the output. Three
 * channels are read and written.
 */
function convolveLines(
	windows: Windows,
	lines: number,
	source: { data: ArrayLike<number>; step: number; line: number; first: number },
	target: { data: Uint8ClampedArray; step: number; line: number; offset: number }
): void {
	const { starts, counts, weights, stride } = windows;
	const { data, step } = source;
	for (let y = 0; y < lines; y++) {
		for (let i = 0; i < starts.length; i++) {
			const begin = y * source.line + ((starts[i] as number) - source.first) * step;
			const count = counts[i] as number;
			let red = HALF;
			let green = HALF;
			let blue = HALF;
			for (let k = 0, at = begin, w = i * stride; k < count; k++, at += step, w++) {
				const weight = weights[w] as number;
				red += (data[at] as number) * weight;
				green += (data[at + 1] as number) * weight;
				blue += (data[at + 2] as number) * weight;
			}
			const to = target.offset + y * target.line + i * target.step;
			target.data[to] = toByte(red);
			target.data[to + 1] = toByte(green);
			target.data[to + 2] = toByte(blue);
		}
	}
}
