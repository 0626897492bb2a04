import type { PixelSource } from '../engine/pixel-source';
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

/** Pixels of which a copy is small beside everything else: 4 MB. */
const FEW = 1 << 20;

/**
 * The pixels of a bitmap, transparent parts over white. The bitmap stays the caller's; it must be open while rows are read.
 * @throws PatchworkError `photo` where the browser gives no canvas
 */
export async function bitmapSource(bitmap: ImageBitmap): Promise<PixelSource> {
	return (await copiedSource(bitmap)) ?? drawnSource(bitmap);
}

/**
 * The same of a small opaque bitmap, copied at once without a canvas; null for any other, or where the browser can't. A
 * worker's canvas waits with its first picture until the page's own thread has time, which it has least while the page
 * begins (Chromium 156).
 */
async function copiedSource(bitmap: ImageBitmap): Promise<PixelSource | null> {
	const { width, height } = bitmap;
	if (width * height > FEW || typeof VideoFrame === 'undefined') return null;
	let frame: (VideoFrame & Turned) | null = null;
	try {
		frame = new VideoFrame(bitmap, { timestamp: 0 });
		const isBlueFirst = frame.format === 'BGRX';
		if (!isBlueFirst && frame.format !== 'RGBX') return null;
		// It holds the pixels as the file does, and says how they are turned; where it does not say, nobody knows.
		if (frame.rotation !== 0 || frame.flip !== false) return null;
		const data = new Uint8Array(width * height * 4);
		// In the frame's own order: to reorder them it would wait for the page's thread as well.
		await frame.copyTo(data);
		if (isBlueFirst) swapRedAndBlue(new Uint32Array(data.buffer));
		return { width, height, rows: (y0, y1) => data.subarray(y0 * width * 4, y1 * width * 4) };
	} catch {
		return null;
	} finally {
		frame?.close();
	}
}

/** What newer browsers know of a frame (WebCodecs, "VideoFrame"): degrees clockwise, then whether it is mirrored. */
interface Turned {
	readonly rotation?: number;
	readonly flip?: boolean;
}

/** @param pixels a pixel each, of four bytes in the processor's order: the little end first, as everywhere */
function swapRedAndBlue(pixels: Uint32Array): void {
	for (let i = 0; i < pixels.length; i++) {
		const pixel = pixels[i] as number;
		pixels[i] = (pixel & 0xff00ff00) | ((pixel >>> 16) & 0xff) | ((pixel & 0xff) << 16);
	}
}

/** The same band by band through a small canvas: only the band that was asked for last exists beside the bitmap. */
function drawnSource(bitmap: ImageBitmap): PixelSource {
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
