import { canvasOf } from '../export/canvas';
import type { Photo } from '../state/shown';
import type { Crop } from '../worker/protocol';
import { onPhotoThread } from './photo-thread';

/** The longer side of the pictures made here, in pixels: sharp in the largest figure, and light in memory. */
export const LARGEST = 1024;
/** Photos of more pixels are scaled in a worker: on the page itself it would take longer than a blink. */
const QUICK = 3_000_000;

/**
 * A part of the photo, as sharp as the photo itself is, at most 1024 pixels long; over white where the photo is
 * transparent, as the model sees it.
 */
export async function sharpPicture({ bitmap, blob }: Photo, crop: Crop): Promise<HTMLCanvasElement> {
	const large = bitmap.width * bitmap.height > QUICK && typeof Worker !== 'undefined';
	// A worker that fails costs a moment of standing still, and no picture.
	const cut = large ? await cutInWorker(blob, crop).catch(() => null) : null;
	const picture = cut ? draw(cut, { x: 0, y: 0, width: cut.width, height: cut.height }) : draw(bitmap, crop);
	cut?.close();
	return picture;
}

/** Width and height of a crop once it is no longer than {@link LARGEST}. */
export function reducedSize({ width, height }: Pick<Crop, 'width' | 'height'>): { width: number; height: number } {
	const scale = Math.min(1, LARGEST / Math.max(width, height));
	return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function draw(image: ImageBitmap, crop: Crop): HTMLCanvasElement {
	const size = reducedSize(crop);
	const [canvas, context] = canvasOf(size.width, size.height);
	context.fillStyle = '#fff';
	context.fillRect(0, 0, size.width, size.height);
	context.imageSmoothingQuality = 'high';
	context.drawImage(image, crop.x, crop.y, crop.width, crop.height, 0, 0, size.width, size.height);
	return canvas;
}

/** Decodes the file anew in a worker, for copying a large bitmap there would hold up the page as well. */
function cutInWorker(blob: Blob, crop: Crop): Promise<ImageBitmap> {
	return onPhotoThread({ kind: 'cut', blob, crop, size: reducedSize(crop) });
}
