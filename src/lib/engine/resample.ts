/**
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
	if (interpolation === 'nearest') return pick(source, columns, rows, bandBytes);
	const across = windowsOf(columns, source.width, interpolation);
	const down = windowsOf(rows, source.height, interpolation);
	const width = columns.part.length;
	const [top, bottom] = reach(down);

	const narrow = new Uint8ClampedArray((bottom - top) * width * 3);
	const bandRows = bandRowsOf(source, bandBytes);
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
