import { PatchworkError, toPatchworkError } from '../base/errors';
import { FORMAT_NAMES, type PhotoFormat } from './formats';
import { checkByteLength, checkSize, inspectPhoto } from './inspect';
import { orientationLeft } from './orientation';
import { turnsItself, upright } from './upright';

/** The pixels of the file as they are: upright, no colour profile applied, no rounding through premultiplied alpha. */
const AS_STORED: ImageBitmapOptions = {
	imageOrientation: 'from-image',
	colorSpaceConversion: 'none',
	premultiplyAlpha: 'none'
};

/** Formats that every browser decodes; a failure there is the file's fault. */
const EVERYWHERE: ReadonlySet<PhotoFormat> = new Set(['jpeg', 'png', 'gif', 'webp', 'bmp', 'ico']);

function undecodable(format: PhotoFormat): string {
	const name = FORMAT_NAMES[format];
	return EVERYWHERE.has(format)
		? `This ${name} file is damaged and cannot be decoded; try to get it again or choose another photo.`
		: `This browser cannot decode this ${name} file; save the photo as JPEG or PNG and try that.`;
}

async function readBytes(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
	checkByteLength(blob.size);
	try {
		return new Uint8Array(await blob.arrayBuffer());
	} catch (error) {
		const sentence = 'This file cannot be read: it is a folder, or it was moved or changed; choose it again.';
		throw toPatchworkError(error, 'photo', sentence);
	}
}

/** Runs `check` and closes the bitmap if it throws, because nobody else will. */
function closeOnError(bitmap: ImageBitmap, check: () => void): void {
	try {
		check();
	} catch (error) {
		bitmap.close();
		throw error;
	}
}

function throwIfAborted(signal: AbortSignal | undefined): void {
	if (signal?.aborted) throw new PatchworkError('cancelled', 'Cancelled.', { cause: signal.reason });
}

/** The upright pixels of a file. Rejects where it does not decode. */
async function decodeUpright(bytes: Uint8Array<ArrayBuffer>, format: PhotoFormat): Promise<ImageBitmap> {
	const orientation = orientationLeft(bytes, format);
	const isTurned = orientation === 1 || (await turnsItself());
	const bitmap = await createImageBitmap(new Blob([bytes]), AS_STORED);
	return isTurned ? bitmap : upright(bitmap, orientation);
}

/**
 * A photo file as a bitmap of its upright pixels, after {@link inspectPhoto} found nothing against it. The caller
 * owns the bitmap: close it, or transfer it to the worker.
 *
 * Throws a {@link PatchworkError}: `photo` for everything that is refused or does not decode, `cancelled` when the
 * signal was aborted.
 */
export async function decodePhoto(blob: Blob, { signal }: { signal?: AbortSignal } = {}): Promise<ImageBitmap> {
	throwIfAborted(signal);
	const bytes = await readBytes(blob);
	throwIfAborted(signal);
	return decodeBytes(bytes, signal);
}

/** The same of a file that was read already. */
export async function decodeBytes(bytes: Uint8Array<ArrayBuffer>, signal?: AbortSignal): Promise<ImageBitmap> {
	const { format } = inspectPhoto(bytes);
	// Decoded from the bytes that were inspected: the file may have changed, and its declared type may be wrong.
	const bitmap = await decodeUpright(bytes, format).catch((error: unknown) => {
		throw toPatchworkError(error, 'photo', undecodable(format));
	});
	closeOnError(bitmap, () => {
		throwIfAborted(signal);
		// Not every format states its size in a header that is read here.
		checkSize(bitmap);
	});
	return bitmap;
}
