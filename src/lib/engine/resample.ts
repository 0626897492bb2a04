import { convolve, ONE, type Windows } from './convolution';
import { convolveInWasm } from './convolution-wasm';
import type { PixelSource } from './pixel-source';

/*
 * Pillow's resize, to the bit. Models of this family were trained and measured on photos that Pillow resized, and
 * neither a browser's canvas nor tfjs gives the same pixels: both skip the antialiasing, or round in other places.
 *
 * The algorithm is the separable convolution of Pillow's `Resample.c`: for each output pixel a window of the filter,
 * widened by the scale when shrinking, is sampled at the source pixels' centres and normalised to sum 1. The
 * weights are rounded to fixed point with 22 fractional bits; the horizontal pass comes first and its result is
 * rounded to bytes before the vertical pass.
 * The cubic filter is R. Keys, "Cubic convolution interpolation for digital image processing", IEEE Transactions on
 * Acoustics, Speech, and Signal Processing 29(6), 1981, with a = -0.5. Nearest is no convolution: Pillow picks a pixel.
 */

export type Interpolation = 'nearest' | 'lanczos' | 'bilinear' | 'bicubic' | 'box' | 'hamming';

/** A span of one axis: where it starts and how long it is. */
export interface Span {
	readonly start: number;
	readonly length: number;
}

/** What one axis of a resize does. */
export interface AxisPlan {
	/** The part of the source, in its pixels, that is stretched over the whole output; may be fractional. */
	readonly from: Span;
	/** Length of the whole output, in pixels. */
	readonly size: number;
	/** The part of the output that is computed. */
	readonly part: Span;
}

/** Bytes that one call of `rows` may ask for: large enough to amortise the call, small beside any photo. */
const BAND_BYTES = 4 << 20;

const A = -0.5;

/** Keys's cubic convolution kernel; 0 outside of (-2, 2). */
function cubic(x: number): number {
	const t = Math.abs(x);
	if (t < 1) return ((A + 2) * t - (A + 3)) * t * t + 1;
	if (t < 2) return (((t - 5) * t + 8) * t - 4) * A;
	return 0;
}

/** The triangle kernel; 0 outside of (-1, 1). */
function triangle(x: number): number {
	return Math.max(0, 1 - Math.abs(x));
}

/** 1 over one pixel, its left edge left out. */
function box(x: number): number {
	return x > -0.5 && x <= 0.5 ? 1 : 0;
}

/** The sinc function, sin(pi x) / (pi x). */
function sinc(x: number): number {
	const angle = x * Math.PI;
	return x === 0 ? 1 : Math.sin(angle) / angle;
}

/** The sinc function under its own wide lobe; 0 outside of [-3, 3). */
function lanczos(x: number): number {
	return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
}

/** Pillow has Hamming's two constants in single precision. */
const HAMMING = [Math.fround(0.54), Math.fround(0.46)] as const;

/** The sinc function under Hamming's window; 0 outside of (-1, 1). */
function hamming(x: number): number {
	const t = Math.abs(x);
	return t >= 1 ? 0 : sinc(t) * (HAMMING[0] + HAMMING[1] * Math.cos(t * Math.PI));
}

const FILTERS = {
	bicubic: { kernel: cubic, support: 2 },
	bilinear: { kernel: triangle, support: 1 },
	box: { kernel: box, support: 0.5 },
	hamming: { kernel: hamming, support: 1 },
	lanczos: { kernel: lanczos, support: 3 }
} as const satisfies Record<Exclude<Interpolation, 'nearest'>, object>;

/** Rounds half away from zero, as C's cast does after adding or subtracting one half. */
function toFixedPoint(weight: number): number {
	return Math.trunc(weight * ONE + (weight < 0 ? -0.5 : 0.5));
}

/** Where an axis starts in the source, and how many source pixels an output pixel takes up. */
function scaleOf({ from, size }: AxisPlan): { first: number; scale: number } {
	// Pillow carries the box in single precision, so fractional crops need the same rounding here.
	const first = Math.fround(from.start);
	return { first, scale: Math.fround(Math.fround(from.start + from.length) - first) / size };
}

/** The windows of the computed part of one axis, over a source of `sourceSize` pixels. */
function windowsOf(plan: AxisPlan, sourceSize: number, interpolation: Exclude<Interpolation, 'nearest'>): Windows {
	const { kernel, support } = FILTERS[interpolation];
	const { part } = plan;
	const { first, scale } = scaleOf(plan);
	const widening = Math.max(1, scale);
	const radius = support * widening;
	// Pillow multiplies by the inverse, which rounds differently from a division.
	const inverse = 1 / widening;
	const stride = Math.ceil(radius) * 2 + 1;
	const starts = new Int32Array(part.length);
	const counts = new Int32Array(part.length);
	const weights = new Int32Array(part.length * stride);

	for (let i = 0; i < part.length; i++) {
		const centre = first + (part.start + i + 0.5) * scale;
		const start = Math.max(0, Math.trunc(centre - radius + 0.5));
		const end = Math.min(sourceSize, Math.trunc(centre + radius + 0.5));
		const raw = Array.from({ length: end - start }, (_, k) => kernel((k + start - centre + 0.5) * inverse));
		const total = raw.reduce((sum, weight) => sum + weight, 0);
		starts[i] = start;
		counts[i] = end - start;
		raw.forEach((weight, k) => (weights[i * stride + k] = toFixedPoint(total === 0 ? weight : weight / total)));
	}
	return { starts, counts, weights, stride };
}

/** The source pixel of each computed output pixel: the one that its centre lies in. */
function nearestOf(plan: AxisPlan, sourceSize: number): Int32Array {
	const { part } = plan;
	const { first, scale } = scaleOf(plan);
	const picked = new Int32Array(part.length);
	let at = first + 0.5 * scale;
	// Pillow adds the step up pixel by pixel, and with it what each sum rounds off.
	for (let i = 0; i < part.start + part.length; i++, at += scale) {
		if (i >= part.start) picked[i - part.start] = Math.min(sourceSize - 1, Math.trunc(at));
	}
	return picked;
}

/** A resize that picks pixels. */
function pick(
	source: PixelSource,
	columns: AxisPlan,
	rows: AxisPlan,
	bandBytes: number
): Uint8ClampedArray<ArrayBuffer> {
	const [across, down] = [nearestOf(columns, source.width), nearestOf(rows, source.height)];
	const out = new Uint8ClampedArray(down.length * across.length * 4).fill(255);
	const bandRows = bandRowsOf(source, bandBytes);
	const end = (down.at(-1) ?? -1) + 1;
	for (let top = down[0] ?? 0, y = 0; top < end; top += bandRows) {
		const bottom = Math.min(end, top + bandRows);
		const band = source.rows(top, bottom);
		for (; y < down.length && (down[y] as number) < bottom; y++) {
			const line = ((down[y] as number) - top) * source.width;
			across.forEach((x, i) => {
				const from = 4 * (line + x);
				const to = 4 * (y * across.length + i);
				for (let c = 0; c < 3; c++) out[to + c] = band[from + c] as number;
			});
		}
	}
	return out;
}

/** How many rows one call asks for. */
function bandRowsOf({ width }: PixelSource, bandBytes: number): number {
	return Math.max(1, Math.floor(bandBytes / (width * 4)));
}

/**
 * Resizes `source` and returns the computed part as opaque RGBA bytes, `rows.part.length * columns.part.length * 4`
 * of them. Bit-exact with Pillow's `image.resize((columns.size, rows.size), filter, box).crop(part)` on an RGB image.
 *
 * The source is read once, top to bottom, in bands of at most `bandBytes` (but at least a row); beside a band, only
 * the horizontally resized rows are held.
 */
export function resample(
	source: PixelSource,
	columns: AxisPlan,
	rows: AxisPlan,
	interpolation: Interpolation,
	bandBytes = BAND_BYTES
): Uint8ClampedArray<ArrayBuffer> {
	if (interpolation === 'nearest') return pick(source, columns, rows, bandBytes);
	const across = windowsOf(columns, source.width, interpolation);
	const down = windowsOf(rows, source.height, interpolation);
	const bandRows = bandRowsOf(source, bandBytes);
	return convolveInWasm(source, across, down, bandRows) ?? convolve(source, across, down, bandRows);
}
