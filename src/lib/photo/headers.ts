import type { PhotoFormat } from './formats';

/** Size of a picture as its header states it, in pixels, before its EXIF orientation. */
export interface HeaderSize {
	readonly width: number;
	readonly height: number;
}

/** Reads past the end throw a RangeError, which {@link readSize} takes as a header that was cut off. */
type View = DataView<ArrayBufferLike>;

/** Markers of a JPEG (ITU-T T.81, table B.1) that start a frame and so carry its size. */
function isFrameMarker(marker: number): boolean {
	return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/**
 * The segments of a JPEG from the start of the file, as [marker, offset of its length field]. The entropy-coded data
 * after a scan's header is passed over; ends after the end-of-image marker, or where the bytes end.
 */
export function* jpegSegments(bytes: Uint8Array): Generator<[marker: number, offset: number]> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let at = 2;
	while ((at = bytes.indexOf(0xff, at)) !== -1 && at + 1 < bytes.length) {
		const marker = bytes[at + 1] as number;
		// A fill byte, a stuffed zero and the restart markers carry nothing.
		const bare = marker === 0x00 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
		if (marker === 0xff) at += 1;
		else if (bare) at += 2;
		else {
			yield [marker, at + 2];
			if (marker === 0xd9 || at + 4 > bytes.length) return;
			at += 2 + view.getUint16(at + 2);
		}
	}
}

function jpegSize(view: View, bytes: Uint8Array): HeaderSize | null {
	for (const [marker, offset] of jpegSegments(bytes)) {
		if (isFrameMarker(marker)) return { height: view.getUint16(offset + 3), width: view.getUint16(offset + 5) };
	}
	return null;
}

/** PNG specification, section 11.2.1: IHDR comes first. */
function pngSize(view: View): HeaderSize {
	return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** GIF89a, section 18: the logical screen. */
function gifSize(view: View): HeaderSize {
	return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

function uint24(view: View, offset: number): number {
	return view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
}

/** WebP container specification (RFC 9649): extended, lossless and lossy files state their size in three ways. */
function webpSize(view: View): HeaderSize | null {
	const chunk = view.getUint32(12);
	if (chunk === 0x56503858) return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
	if (chunk === 0x5650384c) {
		const bits = view.getUint32(21, true);
		return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
	}
	if (chunk === 0x56503820) {
		return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
	}
	return null;
}

/** A 12-byte core header has 16-bit sizes; in the others they are signed, and a negative height runs top down. */
function bmpSize(view: View): HeaderSize {
	if (view.getUint32(14, true) === 12) {
		return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
	}
	return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
}

/** The boxes of an ISO base media file between two offsets, as [type, start of the content, end]. */
function* boxes(view: View, start: number, end: number): Generator<[type: number, start: number, end: number]> {
	for (let at = start; at + 8 <= end;) {
		let size = view.getUint32(at);
		let header = 8;
		if (size === 1) {
			size = Number(view.getBigUint64(at + 8));
			header = 16;
		} else if (size === 0) size = end - at;
		if (size < header) return;
		yield [view.getUint32(at + 4), at + header, Math.min(end, at + size)];
		at += size;
	}
}

const META = 0x6d657461;
const IPRP = 0x69707270;
const IPCO = 0x6970636f;
const ISPE = 0x69737065;

/**
 * AVIF and HEIC (ISO/IEC 23008-12): the sizes are properties (`ispe`) of the file's items. The largest one is taken:
 * thumbnails and the tiles of a grid have their own, and are smaller.
 */
function isoMediaSize(view: View, start = 0, end = view.byteLength): HeaderSize | null {
	let largest: HeaderSize | null = null;
	for (const [type, from, to] of boxes(view, start, end)) {
		let found: HeaderSize | null = null;
		if (type === ISPE) found = { width: view.getUint32(from + 4), height: view.getUint32(from + 8) };
		// `meta` is a full box: four bytes of version and flags come before its children.
		else if (type === META) found = isoMediaSize(view, from + 4, to);
		else if (type === IPRP || type === IPCO) found = isoMediaSize(view, from, to);
		if (found && (!largest || found.width * found.height > largest.width * largest.height)) largest = found;
	}
	return largest;
}

const READERS: Partial<Record<PhotoFormat, (view: View, bytes: Uint8Array) => HeaderSize | null>> = {
	jpeg: jpegSize,
	png: pngSize,
	gif: gifSize,
	webp: webpSize,
	bmp: bmpSize,
	avif: (view) => isoMediaSize(view),
	heic: (view) => isoMediaSize(view)
};

/**
 * The size that the header states: null for a format whose header is not read here, 'unreadable' for a header that
 * is damaged or cut off.
 */
export function readSize(bytes: Uint8Array, format: PhotoFormat): HeaderSize | null | 'unreadable' {
	const reader = READERS[format];
	if (!reader) return null;
	try {
		const size = reader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), bytes);
		return size && size.width > 0 && size.height > 0 ? size : 'unreadable';
	} catch (error) {
		if (error instanceof RangeError) return 'unreadable';
		throw error;
	}
}
