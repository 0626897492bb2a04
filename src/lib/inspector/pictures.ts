import { canvasOf } from '../export/canvas';
import type { Grid } from '../marks/tokens';
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

/** The model's input, taken apart into its patches: small, with a gap between any two. */
export function patchesPicture(seen: RunResult['seen'], { rows, columns }: Grid): HTMLCanvasElement {
	const side = Math.max(3, Math.floor(THUMBNAIL / Math.max(rows, columns)));
	const gap = Math.max(1, Math.round(side / 6));
	const [canvas, context] = canvasOf(columns * side, rows * side);
	const pixels = pixelsOf(seen);
	const [width, height] = [seen.width / columns, seen.height / rows];
	for (let row = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++) {
			const at = [column * width, row * height, width, height] as const;
			context.drawImage(pixels, ...at, column * side, row * side, side - gap, side - gap);
		}
	}
	return canvas;
}

function pixelsOf({ data, width, height }: RunResult['seen']): HTMLCanvasElement {
	const [canvas, context] = canvasOf(width, height);
	context.putImageData(new ImageData(data, width, height), 0, 0);
	return canvas;
}
