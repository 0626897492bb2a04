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
