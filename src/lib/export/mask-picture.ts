import { canvasOf, type Rectangle } from '../marks/canvas';
import { runsOf, type PatchMask } from '../marks/mask-path';
import type { Grid } from '../marks/tokens';

type Size = Pick<Grid, 'rows' | 'columns'>;

/**
 * What of a picture lies in a mask, as rectangles in whole pixels. Their edges are the patches', rounded: no pixel is half
 * in, none is in two rectangles, and neighbours leave no gap.
 */
export function cutsOf(
	mask: PatchMask,
	{ rows, columns }: Size,
	picture: { readonly width: number; readonly height: number }
): Rectangle[] {
	const left = (column: number) => Math.round((column * picture.width) / columns);
	const top = (row: number) => Math.round((row * picture.height) / rows);
	return runsOf(mask, { rows, columns }, true).map(({ row, column, length }) => ({
		x: left(column),
		y: top(row),
		width: left(column + length) - left(column),
		height: top(row + 1) - top(row)
	}));
}

/**
 * The patches of a mask, cut out of the photo: as large as the picture, which is not touched, and transparent elsewhere.
 * `toPng` makes a file of it, whose alpha is straight: 255 within the mask, and 0 outside.
 * @param picture what the model saw, at any resolution
 * @throws Error where the browser has no memory for it
 */
export function cutOut(
	picture: HTMLCanvasElement | OffscreenCanvas | ImageBitmap,
	mask: PatchMask,
	grid: Size
): HTMLCanvasElement {
	const [canvas, context] = canvasOf(picture.width, picture.height);
	// Pixel by pixel, with nothing of a neighbour mixed in.
	context.imageSmoothingEnabled = false;
	for (const { x, y, width, height } of cutsOf(mask, grid, picture)) {
		if (width > 0 && height > 0) context.drawImage(picture, x, y, width, height, x, y, width, height);
	}
	return canvas;
}
