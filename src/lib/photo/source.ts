import type { PixelSource } from '../engine/resample';
import { PatchworkError } from '../base/errors';

/** A canvas that is read back often stays in main memory, where reading it is cheap and no GPU rounds its pixels. */
const READ_BACK: CanvasRenderingContext2DSettings = { willReadFrequently: true, alpha: true };

/** A canvas on which pictures are drawn pixel by pixel as they are, and what is filled is white. @throws PatchworkError */
export function whiteCanvas(width: number, height: number): OffscreenCanvasRenderingContext2D {
	const drawing = new OffscreenCanvas(width, height).getContext('2d', READ_BACK);
	if (!drawing)
		throw new PatchworkError('photo', 'This browser gives no canvas to read the photo with; reload the page.');
	drawing.imageSmoothingEnabled = false;
	drawing.fillStyle = '#fff';
	return drawing;
}

/**
 * The pixels of a bitmap, band by band through a small canvas, transparent parts over white. Only the band that was
 * asked for last exists beside the bitmap. The bitmap stays the caller's; it must be open while rows are read.
 */
export function bitmapSource(bitmap: ImageBitmap): PixelSource {
	const { width, height } = bitmap;
	let band: OffscreenCanvasRenderingContext2D | null = null;
	return {
		width,
		height,
		rows(y0, y1) {
			const count = y1 - y0;
			if (!band || band.canvas.height < count) band = whiteCanvas(width, count);
			band.fillRect(0, 0, width, count);
			band.drawImage(bitmap, 0, y0, width, count, 0, 0, width, count);
			return band.getImageData(0, 0, width, count).data;
		}
	};
}
