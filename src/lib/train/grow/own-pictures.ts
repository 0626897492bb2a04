import { PatchworkError } from '../../base/errors';
import type { Progress } from '../../base/progress';
import { decodeCalmly } from '../../photo/photo-thread';
import type { OwnPicture, OwnPictures } from '../../worker/grow/protocol';
import type { Classes } from '../own/classes';

/** Every so many pictures of a class one is not learned from, but tested on. */
const HELD_EVERY = 5;

/** Classes with enough photos that some can be learned from and one be tested on. */
const usable = (classes: Classes): Classes => classes.filter(({ photos }) => photos.length >= 2);

/** Why the classes are too few to be learned; null where they are enough. */
export function missing(classes: Classes): string | null {
	if (usable(classes).length >= 2) return null;
	return 'It takes two classes of your own with two photos each: collect them under “Your own classes”.';
}

/**
 * The reader's photos as pictures of one size: their middle squares, made small. Of each class every fifth, and at least
 * one, is held back.
 * @param side in pixels
 * @throws PatchworkError `photo` for one that cannot be opened any more, `request` for too few, `cancelled`
 */
export async function ownPictures(
	classes: Classes,
	side: number,
	{ signal, report }: { readonly signal: AbortSignal; readonly report?: (progress: Progress) => void }
): Promise<OwnPictures> {
	const why = missing(classes);
	if (why !== null) throw new PatchworkError('request', why);
	const used = usable(classes);
	const total = used.reduce((sum, { photos }) => sum + photos.length, 0);
	const [learn, heldOut]: [OwnPicture[], OwnPicture[]] = [[], []];
	for (const [label, { photos }] of used.entries()) {
		for (const [i, { blob }] of photos.entries()) {
			const picture = { bytes: await smallBytes(blob, side, signal), label };
			(i % HELD_EVERY === 0 ? heldOut : learn).push(picture);
			report?.({ loaded: learn.length + heldOut.length, total });
		}
	}
	return { kind: 'own', size: side, classes: used.map(({ name }) => name), learn, heldOut };
}

/** A photo's middle square, (3, side, side). */
async function smallBytes(blob: Blob, side: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
	const bitmap = await decodeCalmly(blob, { signal });
	try {
		const canvas = new OffscreenCanvas(side, side);
		const context = canvas.getContext('2d', { willReadFrequently: true });
		if (!context) throw new PatchworkError('photo', 'This browser gives no canvas to make photos small with.');
		context.imageSmoothingQuality = 'high';
		const square = Math.min(bitmap.width, bitmap.height);
		const at = [(bitmap.width - square) / 2, (bitmap.height - square) / 2] as const;
		context.drawImage(bitmap, ...at, square, square, 0, 0, side, side);
		return planar(context.getImageData(0, 0, side, side).data);
	} finally {
		bitmap.close();
	}
}

/** From RGBA, pixel by pixel, to red, green and blue, each by itself. */
export function planar(rgba: Uint8ClampedArray): Uint8Array<ArrayBuffer> {
	const area = rgba.length / 4;
	return Uint8Array.from({ length: 3 * area }, (_, i) => rgba[4 * (i % area) + Math.floor(i / area)] ?? 0);
}
