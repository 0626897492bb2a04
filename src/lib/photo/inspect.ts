import { PatchworkError } from '../base/errors';
import { completeness } from './complete';
import { FORMAT_NAMES, photoFormat, type PhotoFormat } from './formats';
import { readSize, type HeaderSize } from './headers';

/**
 * Files above this are refused unread. A 64-megapixel JPEG at the best quality is about half of it, and the file is
 * held in memory beside its pixels.
 */
export const MAX_BYTES = 100_000_000;

/** A decoded photo takes four bytes a pixel: 256 MB at this limit, which a phone's browser can still give one tab. */
export const MAX_PIXELS = 64_000_000;

/** One patch of the commonest models: below it a photo has less to show than a single token. */
export const MIN_SIDE = 16;

/** Beyond this a centre crop shows less than a twentieth of the photo, and the enlarged strip costs a lot of memory. */
export const MAX_ASPECT = 20;

/** What the bytes of a photo say before anything is decoded. */
export interface PhotoInfo {
	readonly format: PhotoFormat;
	/** As the header states it, before the EXIF orientation; null for formats whose header is not read here. */
	readonly size: HeaderSize | null;
}

function refuse(sentence: string): never {
	throw new PatchworkError('photo', sentence);
}

/** Refuses a file by its length in bytes alone, before it is read. */
export function checkByteLength(length: number): void {
	if (length === 0) refuse('This file is empty (0 bytes); choose another one.');
	if (length > MAX_BYTES) {
		const megabytes = Math.ceil(length / 1e6);
		refuse(
			`This file has ${megabytes} MB and the limit is ${MAX_BYTES / 1e6} MB; save the photo smaller and try again.`
		);
	}
}

/** Refuses a photo by its width and height in pixels, in either order. */
export function checkSize({ width, height }: HeaderSize): void {
	const pixels = width * height;
	if (pixels > MAX_PIXELS) {
		const megapixels = Math.ceil(pixels / 1e6);
		refuse(
			`This photo has ${width} × ${height} pixels, which is ${megapixels} megapixels, ` +
				`and the limit is ${MAX_PIXELS / 1e6}; save it smaller and try again.`
		);
	}
	const [short, long] = width < height ? [width, height] : [height, width];
	if (short < MIN_SIDE) {
		refuse(
			`This photo has ${width} × ${height} pixels and each side must have at least ${MIN_SIDE}; choose a larger one.`
		);
	}
	if (long > MAX_ASPECT * short) {
		refuse(
			`This photo has ${width} × ${height} pixels, so one side is more than ${MAX_ASPECT} times the other; ` +
				'cut out the part that you want to look at.'
		);
	}
}

/**
 * What a file is, from its bytes and without decoding it, so that a photo far too large is refused before it fills
 * the memory.
 *
 * Throws a {@link PatchworkError} of code `photo`, each with a sentence of its own, for an empty or too large file,
 * for what is not a photo, for a damaged header, for a size that is out of range, and for a file that is cut off.
 */
export function inspectPhoto(bytes: Uint8Array): PhotoInfo {
	checkByteLength(bytes.length);
	const format = photoFormat(bytes);
	const size = readSize(bytes, format);
	const name = FORMAT_NAMES[format];
	if (size === 'unreadable')
		refuse(`The header of this ${name} file is damaged or cut off; try to get the file again.`);
	if (size) checkSize(size);
	const whole = completeness(bytes, format);
	if (whole === 'damaged') refuse(`This ${name} file is damaged; try to get it again or choose another photo.`);
	if (whole === 'cut') {
		refuse(`This ${name} file ends before the picture does (after ${bytes.length} bytes); try to get the file again.`);
	}
	return { format, size };
}
