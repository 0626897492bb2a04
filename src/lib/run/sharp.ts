import { canvasOf } from '../marks/canvas';
import type { Photo } from '../photo/photo';
import type { Crop } from '../engine/crop';
import { onPhotoThread } from '../photo/photo-thread';

/** The longer side of the pictures made here, in pixels: sharp in the largest figure, and light in memory. */
export const LARGEST = 1024;
/** Photos of more pixels are scaled in a worker: on the page itself it would take longer than a blink. */
const QUICK = 3_000_000;

/**
 * A part of the photo, as sharp as the photo itself is, at most 1024 pixels long; over white where the photo is
 * transparent, as the model sees it.
 * @param beyond the colour of what lies outside of the photo, where a model's crop reaches there
 */
export async function sharpPicture({ bitmap, blob }: Photo, crop: Crop, beyond = '#fff'): Promise<HTMLCanvasElement> {
	const large = bitmap.width * bitmap.height > QUICK && typeof Worker !== 'undefined';
	// A worker that fails costs a moment of standing still, and no picture.
	const cut = large ? await cutInWorker(blob, crop).catch(() => null) : null;
	const drawn = cut ? { x: 0, y: 0, width: cut.width, height: cut.height } : crop;
	const picture = draw(cut ?? bitmap, drawn, beyond, photoIn(crop, bitmap));
	cut?.close();
	return picture;
}

/** Width and height of a crop once it is no longer than {@link LARGEST}. */
export function reducedSize({ width, height }: Pick<Crop, 'width' | 'height'>): { width: number; height: number } {
	const scale = Math.min(1, LARGEST / Math.max(width, height));
	return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Where the photo lies in a crop of it that may reach beyond, in shares of the crop's width and height. */
export function photoIn(crop: Crop, photo: Pick<Crop, 'width' | 'height'>): Crop {
	return {
		x: -crop.x / crop.width,
		y: -crop.y / crop.height,
		width: photo.width / crop.width,
		height: photo.height / crop.height
	};
}

/** @param photo where the photo lies in the picture, in shares of it; under it is white */
function draw(image: ImageBitmap, crop: Crop, beyond: string, photo: Crop): HTMLCanvasElement {
	const size = reducedSize(crop);
	const [canvas, context] = canvasOf(size.width, size.height);
	context.fillStyle = beyond;
	context.fillRect(0, 0, size.width, size.height);
	context.fillStyle = '#fff';
	context.fillRect(photo.x * size.width, photo.y * size.height, photo.width * size.width, photo.height * size.height);
	context.imageSmoothingQuality = 'high';
	context.drawImage(image, crop.x, crop.y, crop.width, crop.height, 0, 0, size.width, size.height);
	return canvas;
}

/** Decodes the file anew in a worker, for copying a large bitmap there would hold up the page as well. */
function cutInWorker(blob: Blob, crop: Crop): Promise<ImageBitmap> {
	return onPhotoThread({ kind: 'cut', blob, crop, size: reducedSize(crop) });
}
