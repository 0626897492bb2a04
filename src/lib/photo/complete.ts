import type { PhotoFormat } from './formats';
import { jpegSegments } from './headers';

/** Whether a JPEG reaches its end-of-image marker. What some cameras append after it does not matter. */
function jpegEnds(bytes: Uint8Array): boolean {
	for (const [marker] of jpegSegments(bytes)) if (marker === 0xd9) return true;
	return false;
}

/** Whether the chunks of a PNG reach IEND. */
function pngEnds(bytes: Uint8Array): boolean {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
		if (view.getUint32(at + 4) === 0x49454e44) return true;
	}
	return false;
}

/** Whether all the bytes that a RIFF container announces are there. */
function webpEnds(bytes: Uint8Array): boolean {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return bytes.length >= 8 + view.getUint32(4, true);
}

const CHECKS: Partial<Record<PhotoFormat, (bytes: Uint8Array) => boolean>> = {
	jpeg: jpegEnds,
	png: pngEnds,
	webp: webpEnds
};

/**
 * Whether the file is all there, as far as its container says. Browsers decode the first part of a truncated photo
 * and leave the rest grey or white; a model would then be shown something that nobody photographed.
 */
export function isComplete(bytes: Uint8Array, format: PhotoFormat): boolean {
	return CHECKS[format]?.(bytes) ?? true;
}
