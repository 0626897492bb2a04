/** Red, green and blue together, or the light of one of them. */
export type PixelChannel = 'rgb' | 0 | 1 | 2;

/** RGBA pixels, `4 * width * height` bytes, row-major. */
export interface Pixels {
	readonly width: number;
	readonly height: number;
	readonly data: Uint8ClampedArray;
}

/**
 * One square patch of a picture, in one channel or all.
 * @param patch counted from 0, row-major
 * @param side of a patch, in pixels
 * @param columns patches in a row of the grid
 * @returns a copy, `4 * side * side` bytes, opaque; black where the patch lies outside
 */
export function cutPatch(
	{ width, height, data }: Pixels,
	patch: number,
	side: number,
	columns: number,
	channel: PixelChannel = 'rgb'
): Uint8ClampedArray<ArrayBuffer> {
	const left = (patch % columns) * side;
	const top = Math.floor(patch / columns) * side;
	const pixels = new Uint8ClampedArray(4 * side * side);
	for (let i = 0; i < side * side; i++) {
		const x = left + (i % side);
		const y = top + Math.floor(i / side);
		const inside = x < width && y < height;
		for (let c = 0; c < 3; c++) {
			const shown = inside && (channel === 'rgb' || channel === c);
			pixels[4 * i + c] = shown ? (data[4 * (y * width + x) + c] ?? 0) : 0;
		}
		pixels[4 * i + 3] = 255;
	}
	return pixels;
}
