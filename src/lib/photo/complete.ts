import type { PhotoFormat } from './formats';
import { jpegSegments } from './headers';

/** What the container says of the whole file. */
export type Completeness = 'complete' | 'cut' | 'damaged';

/**
 * A JPEG is complete at its end-of-image marker; what some cameras append after it does not matter. Encoded data
 * never contains the reserved markers 0x02 to 0xbf (ITU-T T.81, table B.1), so where one stands, bytes were changed.
 */
function checkJpeg(bytes: Uint8Array): Completeness {
	for (const [marker] of jpegSegments(bytes)) {
		if (marker === 0xd9) return 'complete';
		if (marker >= 0x02 && marker <= 0xbf) return 'damaged';
	}
	return 'cut';
}

/** The chunk type that ends a PNG, as a big-endian number. */
const IEND = 0x49454e44;

/** Whether the chunks of a PNG reach IEND. */
function checkPng(bytes: Uint8Array): Completeness {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
		if (view.getUint32(at + 4) === IEND) return 'complete';
	}
	return 'cut';
}

/** Whether all the bytes that a RIFF container announces are there. */
function checkWebp(bytes: Uint8Array): Completeness {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return bytes.length >= 8 + view.getUint32(4, true) ? 'complete' : 'cut';
}

const CHECKS: Partial<Record<PhotoFormat, (bytes: Uint8Array) => Completeness>> = {
	jpeg: checkJpeg,
	png: checkPng,
	webp: checkWebp
};

/**
 * Whether the file is all there, as far as its container says. Browsers decode the first part of a truncated photo
 * and leave the rest grey or white; a model would then be shown something that nobody photographed.
 */
export function completeness(bytes: Uint8Array, format: PhotoFormat): Completeness {
	return CHECKS[format]?.(bytes) ?? 'complete';
}
