import type { Edit } from '../../engine/edits/edit';
import type { ModelConfig } from '../../engine/families';
import { PatchworkError } from '../../base/errors';
import { moved } from '../../photo/changes/move';
import { bytesOf, inputOf, pixelsOf, type Pixels } from '../../photo/changes/pixels';
import type { SeenPixels } from '../../worker/protocol';
import { changeNamed, movedBy } from './names';

/** How a change is made on the page. */
export interface Making {
	readonly change: string;
	/** Pixels to the right, of a change that moves the photo. */
	readonly by: number;
	/** What a random change depends on. */
	readonly seed: number;
}

/**
 * What a model saw, changed. What moves in from the left is the photo mirrored at its edge: what lies beyond the crop is
 * not here.
 * @throws PatchworkError `request` where the change needs another size of input than there is
 */
export async function changedPixels(seen: SeenPixels, { change, by, seed }: Making): Promise<Pixels> {
	const crop = pixelsOf(seen);
	const strip = { pixels: crop, start: 0, width: crop.width };
	const pixels =
		movedBy(change) === null
			? await changeNamed(change).apply({ crop, strip: () => strip, jpeg: asJpeg, seed })
			: moved(strip, by);
	if (pixels.width === crop.width && pixels.height === crop.height) return pixels;
	throw new PatchworkError('request', 'This needs a square picture, and what the model sees of the photo is none.');
}

/** The edit that has a model see other pixels. */
export const seeing = (pixels: Pixels, { preprocess }: ModelConfig): Edit => ({
	tap: 'pixel_values',
	do: 'set',
	to: [...inputOf(pixels, preprocess)]
});

/** For the eye. */
export const asSeen = (pixels: Pixels): SeenPixels => ({
	width: pixels.width,
	height: pixels.height,
	data: bytesOf(pixels)
});

/** What a JPEG of this browser's keeps of a picture. */
async function asJpeg(pixels: Pixels, quality: number): Promise<Pixels> {
	const { width, height } = pixels;
	const canvas = new OffscreenCanvas(width, height);
	const context = canvas.getContext('2d');
	if (!context) throw new PatchworkError('request', 'This browser gives no canvas to make a JPEG with.');
	context.putImageData(new ImageData(bytesOf(pixels), width, height), 0, 0);
	const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: quality / 100 });
	const bitmap = await createImageBitmap(blob);
	context.drawImage(bitmap, 0, 0);
	bitmap.close();
	return pixelsOf(context.getImageData(0, 0, width, height));
}
