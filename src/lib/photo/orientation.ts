import type { PhotoFormat } from './formats';

/** How a stored picture has to be turned or mirrored to stand upright (Exif 2.32, tag 0x0112); 1 stands upright. */
export const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
export type Orientation = (typeof ORIENTATIONS)[number];

const TAG = 0x0112;
/** The type of that tag: one 16-bit number. */
const SHORT = 3;
/** Bytes of an entry in a directory of a TIFF. */
const ENTRY = 12;

/** The bit of an extended WebP's flags that says that there is an EXIF chunk; without it readers skip the chunk. */
const HAS_EXIF = 0x08;

/**
 * The orientation that an EXIF block states: a TIFF header and its first directory, after `Exif` and two zeros or not, as
 * writers differ on that. 1 where it states none, or none that there is.
 */
function exifOrientation(block: Uint8Array): Orientation {
	const start = String.fromCharCode(...block.subarray(0, 6)) === 'Exif\0\0' ? 6 : 0;
	const view = new DataView(block.buffer, block.byteOffset + start, block.byteLength - start);
	const order = view.getUint16(0);
	const little = order === 0x4949;
	if ((!little && order !== 0x4d4d) || view.getUint16(2, little) !== 42) return 1;
	const directory = view.getUint32(4, little);
	const count = view.getUint16(directory, little);
	for (let at = directory + 2; at < directory + 2 + ENTRY * count; at += ENTRY) {
		if (view.getUint16(at, little) !== TAG || view.getUint16(at + 2, little) !== SHORT) continue;
		const value = view.getUint16(at + 8, little);
		return ORIENTATIONS.find((orientation) => orientation === value) ?? 1;
	}
	return 1;
}

/** The EXIF block of an extended WebP (RFC 9649, section 2.7); null where there is none. */
function webpExif(bytes: Uint8Array): Uint8Array | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const name = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
	if (name(12) !== 'VP8X' || (view.getUint8(20) & HAS_EXIF) === 0) return null;
	for (let at = 12; at + 8 <= bytes.length;) {
		const length = view.getUint32(at + 4, true);
		if (name(at) === 'EXIF') return bytes.subarray(at + 8, at + 8 + length);
		// A chunk of odd length is followed by one byte of padding.
		at += 8 + length + (length % 2);
	}
	return null;
}

/**
 * The orientation of a WebP by its EXIF block; 1 for one without, for a block that is damaged, and for every other format:
 * browsers turn a JPEG, a PNG and an AVIF themselves, and the rest cannot state one.
 */
export function orientationLeft(bytes: Uint8Array, format: PhotoFormat): Orientation {
	if (format !== 'webp') return 1;
	try {
		const block = webpExif(bytes);
		return block ? exifOrientation(block) : 1;
	} catch (error) {
		// What is read beyond the end of a damaged block says nothing.
		if (error instanceof RangeError) return 1;
		throw error;
	}
}
