/**
 * Pillow's resize, to the bit. Models of this family were trained and measured on photos that Pillow resized, and
 * neither a browser's canvas nor tfjs gives the same pixels: both skip the antialiasing, or round in other places.
 *
 * The algorithm is the separable convolution of Pillow's `Resample.c`: for each output pixel a window of the filter,
 * widened by the scale when shrinking, is sampled at the source pixels' centres and normalised to sum 1. The
 * weights are rounded to fixed point with 22 fractional bits; the horizontal pass comes first and its result is
 * rounded to bytes before the vertical pass.
 * The cubic filter is R. Keys, "Cubic convolution interpolation for digital image processing", IEEE Transactions on
 * Acoustics, Speech, and Signal Processing 29(6), 1981, with a = -0.5.
 */

/** An opaque picture that hands out its rows on demand, so that nobody has to hold a second copy of all its pixels. */
export interface PixelSource {
	/** In pixels. */
	readonly width: number;
	readonly height: number;
	/**
	 * Rows `y0` (included) to `y1` (excluded) as RGBA bytes, `(y1 - y0) * width * 4` of them, row-major. The alpha
	 * bytes are ignored. The array is valid until the next call.
	 */
	rows(y0: number, y1: number): Uint8ClampedArray | Uint8Array;
}

export type Interpolation = 'bicubic' | 'bilinear';

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

/** The weights of one axis: output pixel `i` reads `counts[i]` source pixels from `starts[i]`. */
interface Windows {
	readonly starts: Int32Array;
	readonly counts: Int32Array;
	/** Fixed-point weights, `stride` for each output pixel. */
	readonly weights: Int32Array;
	readonly stride: number;
}

/** Fractional bits of a weight: 32, less 8 for the pixel and 2 for the sign and the overshoot of the cubic. */
const PRECISION_BITS = 22;
const ONE = 1 << PRECISION_BITS;
const HALF = 1 << (PRECISION_BITS - 1);

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

const FILTERS = {
	bicubic: { kernel: cubic, support: 2 },
	bilinear: { kernel: triangle, support: 1 }
} as const;

/** Rounds half away from zero, as C's cast does after adding or subtracting one half. */
function toFixedPoint(weight: number): number {
	return Math.trunc(weight * ONE + (weight < 0 ? -0.5 : 0.5));
}

/** The windows of the computed part of one axis, over a source of `sourceSize` pixels. */
function windowsOf({ from, size, part }: AxisPlan, sourceSize: number, interpolation: Interpolation): Windows {
	const { kernel, support } = FILTERS[interpolation];
	// Pillow carries the box in single precision, so fractional crops need the same rounding here.
	const first = Math.fround(from.start);
	const scale = Math.fround(Math.fround(from.start + from.length) - first) / size;
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

/** The source pixels that any window reads, as [first, end). */
function reach({ starts, counts }: Windows): [first: number, end: number] {
	const last = starts.length - 1;
	return [starts[0] ?? 0, (starts[last] ?? 0) + (counts[last] ?? 0)];
}

/** A fixed-point sum, started at one half so that the shift rounds, as a byte. */
function toByte(sum: number): number {
	const value = sum >> PRECISION_BITS;
	return value < 0 ? 0 : value > 255 ? 255 : value;
}

/**
 * Convolves `lines` lines of pixels with the windows. `step` and `line` are the distances, in array elements, from
 * one source pixel to the next along and across the axis; `outStep` and `outLine` the same for the output. Three
 * channels are read and written.
 */
function convolve(
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
	const across = windowsOf(columns, source.width, interpolation);
	const down = windowsOf(rows, source.height, interpolation);
	const width = columns.part.length;
	const [top, bottom] = reach(down);

	const narrow = new Uint8ClampedArray((bottom - top) * width * 3);
	const bandRows = Math.max(1, Math.floor(bandBytes / (source.width * 4)));
	for (let y = top; y < bottom; y += bandRows) {
		const end = Math.min(bottom, y + bandRows);
		convolve(
			across,
			end - y,
			{ data: source.rows(y, end), step: 4, line: source.width * 4, first: 0 },
			{ data: narrow, step: 3, line: width * 3, offset: (y - top) * width * 3 }
		);
	}

	const out = new Uint8ClampedArray(rows.part.length * width * 4).fill(255);
	convolve(
		down,
		width,
		{ data: narrow, step: width * 3, line: 3, first: top },
		{ data: out, step: width * 4, line: 4, offset: 0 }
	);
	return out;
}
