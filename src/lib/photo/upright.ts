import type { Orientation } from './orientation';
import { whiteCanvas } from './source';

/** 2 × 1 pixels, lossless, with the EXIF orientation 6: a WebP that has to be turned, in base64. */
const LYING =
	'UklGRk4AAABXRUJQVlA4WAoAAAAIAAAAAQAAAAAAVlA4TA4AAAAvAQAAAAcQEf0PRET/A0VYSUYaAAAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAA=';

/**
 * Whether this browser turns a WebP upright by itself, as it turns a JPEG. Chromium does not; should it begin to, its
 * pictures must not be turned a second time. Rejects where the browser decodes no WebP.
 */
export async function turnsItself(): Promise<boolean> {
	const bytes = Uint8Array.from(atob(LYING), (letter) => letter.charCodeAt(0));
	const bitmap = await createImageBitmap(new Blob([bytes]), { imageOrientation: 'from-image' });
	const turned = bitmap.width < bitmap.height;
	bitmap.close();
	return turned;
}

/** Where a point `x`, `y` of a stored picture of `w` by `h` pixels stands in the upright one, as `a x + c y + e`, `b x + d y + f`. */
type Move = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const MOVES: Readonly<Record<Orientation, (w: number, h: number) => Move>> = {
	1: () => [1, 0, 0, 1, 0, 0],
	2: (w) => [-1, 0, 0, 1, w, 0],
	3: (w, h) => [-1, 0, 0, -1, w, h],
	4: (_, h) => [1, 0, 0, -1, 0, h],
	5: () => [0, 1, 1, 0, 0, 0],
	6: (_, h) => [0, 1, -1, 0, h, 0],
	7: (w, h) => [0, -1, -1, 0, h, w],
	8: (w) => [0, -1, 1, 0, 0, w]
};

/**
 * A stored picture turned upright. What is transparent lies on white then, where the page lays it in any case: a canvas
 * would round the colours beneath.
 * @param bitmap closed here, whatever happens
 * @throws PatchworkError `photo` where the browser gives no canvas
 */
export function upright(bitmap: ImageBitmap, orientation: Orientation): ImageBitmap {
	const { width, height } = bitmap;
	try {
		const drawing = orientation < 5 ? whiteCanvas(width, height) : whiteCanvas(height, width);
		drawing.fillRect(0, 0, drawing.canvas.width, drawing.canvas.height);
		drawing.setTransform(...MOVES[orientation](width, height));
		drawing.drawImage(bitmap, 0, 0);
		return drawing.canvas.transferToImageBitmap();
	} finally {
		bitmap.close();
	}
}
