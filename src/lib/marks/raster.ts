import { TABLE_SIZE } from './colour';

/** Smallest and largest value that a colour scale tells apart; what lies outside is drawn as the nearer end. */
export type Domain = readonly [min: number, max: number];

/**
 * `opaque` draws every value as it is; `ramp` makes it the more opaque the larger it is, from {@link RAMP_FLOOR} to 1, so
 * that a photo below shows where little is.
 */
export type AlphaMode = 'opaque' | 'ramp';

/**
 * How opaque a ramp draws the smallest value. Not 0: the dark end of the colour map dims the photo, and what is bright
 * then stands out on a bright photo too.
 */
export const RAMP_FLOOR = 0.35;

/** Up to this opacity of the whole map a ramp begins at its floor; beyond, the floor rises with it. */
const SEE_THROUGH = 0.85;

/**
 * How opaque a ramp draws the smallest value on a map that is itself so opaque, in [0, 1]: at 1 nothing shows through, and
 * every colour is that of the scale.
 */
export function rampFloor(opacity: number): number {
	const rest = Math.min(1, Math.max(0, (opacity - SEE_THROUGH) / (1 - SEE_THROUGH)));
	return RAMP_FLOOR + (1 - RAMP_FLOOR) * rest;
}

/** The part of an image, in pixels, that a map of `rows * columns` values is painted into, one pixel a value. */
export interface Region {
	/** Width of the whole image. */
	readonly width: number;
	/** The region's left and top edge. */
	readonly x: number;
	readonly y: number;
	readonly rows: number;
	readonly columns: number;
}

export interface Paint {
	readonly domain: Domain;
	/** 256 RGBA colours, see `colourTable`. */
	readonly table: Uint8ClampedArray;
	readonly alpha: AlphaMode;
	/** Where a ramp begins, {@link RAMP_FLOOR} without it. */
	readonly floor?: number;
}

/** Where `value` lies in the domain, in [0, 1]; 0 in a domain without extent. */
export function position(value: number, [min, max]: Domain): number {
	return max > min ? Math.min(1, Math.max(0, (value - min) / (max - min))) : 0;
}

/**
 * Paints values, row-major, into RGBA pixels (as of an `ImageData`, not premultiplied). Only the region is touched. A
 * value that is missing or not a number is left transparent.
 */
export function paintMap(pixels: Uint8ClampedArray, region: Region, values: ArrayLike<number>, paint: Paint): void {
	const { width, x, y, rows, columns } = region;
	for (let row = 0, i = 0; row < rows; row++) {
		let at = 4 * ((y + row) * width + x);
		for (let column = 0; column < columns; column++, i++, at += 4) paintPixel(pixels, at, values[i] ?? NaN, paint);
	}
}

function paintPixel(
	pixels: Uint8ClampedArray,
	at: number,
	value: number,
	{ domain, table, alpha, floor = RAMP_FLOOR }: Paint
): void {
	if (Number.isNaN(value)) {
		pixels.fill(0, at, at + 4);
		return;
	}
	const t = position(value, domain);
	const entry = 4 * Math.round(t * (TABLE_SIZE - 1));
	pixels[at] = table[entry] ?? 0;
	pixels[at + 1] = table[entry + 1] ?? 0;
	pixels[at + 2] = table[entry + 2] ?? 0;
	pixels[at + 3] = 255 * (alpha === 'ramp' ? floor + (1 - floor) * t : 1);
}

/**
 * Paints colours of their own, three numbers a pixel, into RGBA pixels, fully opaque. A pixel that the mask leaves out, or
 * for which there is no colour, is transparent.
 * @param colours red, green and blue in [0, 255], one pixel after another
 * @param mask one a pixel, 0 for those that are left out; null for all
 */
export function paintColours(
	pixels: Uint8ClampedArray,
	colours: ArrayLike<number>,
	mask: ArrayLike<number> | null
): void {
	pixels.fill(0);
	const count = Math.min(pixels.length / 4, Math.floor(colours.length / 3));
	for (let i = 0; i < count; i++) {
		if (mask !== null && (mask[i] ?? 0) === 0) continue;
		for (let channel = 0; channel < 3; channel++) pixels[4 * i + channel] = colours[3 * i + channel] ?? 0;
		pixels[4 * i + 3] = 255;
	}
}
