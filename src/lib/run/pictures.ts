import { canvasOf } from '../marks/canvas';
import type { Grid } from '../marks/tokens';
import type { Picture } from './shown';
import type { RunResult } from '../worker/protocol';
import { LARGEST } from './sharp';

/** The side of a thumbnail of the patches, in pixels. */
const THUMBNAIL = 112;

/** The pixels that the model saw, each as a square. */
export function seenPicture(seen: RunResult['seen']): HTMLCanvasElement {
	const scale = Math.max(1, Math.floor(LARGEST / Math.max(seen.width, seen.height)));
	const [canvas, context] = canvasOf(seen.width * scale, seen.height * scale);
	context.imageSmoothingEnabled = false;
	context.drawImage(pixelsOf(seen), 0, 0, canvas.width, canvas.height);
	return canvas;
}

/**
 * The model's input, taken apart into its patches: small, with a gap between any two.
 * @param patchSize in pixels of the input, where the patches do not fill it exactly
 */
export function patchesPicture(
	seen: RunResult['seen'],
	{ rows, columns }: Grid,
	patchSize: number | null = null
): HTMLCanvasElement {
	const side = Math.max(3, Math.floor(THUMBNAIL / Math.max(rows, columns)));
	const gap = Math.max(1, Math.round(side / 6));
	const [canvas, context] = canvasOf(columns * side, rows * side);
	const pixels = pixelsOf(seen);
	const [width, height] = [patchSize ?? seen.width / columns, patchSize ?? seen.height / rows];
	for (let row = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++) {
			const at = [column * width, row * height, width, height] as const;
			context.drawImage(pixels, ...at, column * side, row * side, side - gap, side - gap);
		}
	}
	return canvas;
}

/**
 * A picture of the model's input with room at its right and bottom, for a map that reaches beyond it; the picture itself
 * where there is no need.
 * @param input the size of what the picture shows @param extent how far the map reaches; both in pixels of the input
 */
export function paddedPicture(
	picture: Picture,
	input: { readonly width: number; readonly height: number },
	extent: { readonly width: number; readonly height: number }
): Picture {
	if (input.width === extent.width && input.height === extent.height) return picture;
	const scale = Math.max(picture.width / input.width, picture.height / input.height);
	const [canvas, context] = canvasOf(Math.round(extent.width * scale), Math.round(extent.height * scale));
	context.drawImage(picture, 0, 0, input.width * scale, input.height * scale);
	return canvas;
}

function pixelsOf({ data, width, height }: RunResult['seen']): HTMLCanvasElement {
	const [canvas, context] = canvasOf(width, height);
	context.putImageData(new ImageData(data, width, height), 0, 0);
	return canvas;
}
