import { PatchworkError } from '../base/errors';

/** What a file is, by its first bytes. The first group are pictures made of pixels. */
export type PhotoFormat =
	'jpeg' | 'png' | 'gif' | 'webp' | 'bmp' | 'avif' | 'heic' | 'tiff' | 'jxl' | 'jpeg2000' | 'ico';

/** What people drop by mistake. */
export type OtherFormat = 'svg' | 'pdf' | 'video' | 'text' | 'unknown';

/** As written in a sentence. */
export const FORMAT_NAMES: Record<PhotoFormat, string> = {
	jpeg: 'JPEG',
	png: 'PNG',
	gif: 'GIF',
	webp: 'WebP',
	bmp: 'BMP',
	avif: 'AVIF',
	heic: 'HEIC',
	tiff: 'TIFF',
	jxl: 'JPEG XL',
	jpeg2000: 'JPEG 2000',
	ico: 'ICO'
};

/** How far into a file its text is looked at. */
const TEXT_BYTES = 4096;

/** Bytes as Latin-1 characters, one a byte, so that signatures can be compared as strings. */
function latin1(bytes: Uint8Array, start: number, end: number): string {
	return String.fromCharCode(...bytes.subarray(start, end));
}

const SIGNATURES: readonly (readonly [offset: number, signature: string, format: PhotoFormat | OtherFormat])[] = [
	[0, '\xff\xd8\xff', 'jpeg'],
	[0, '\x89PNG\r\n\x1a\n', 'png'],
	[0, 'GIF87a', 'gif'],
	[0, 'GIF89a', 'gif'],
	[8, 'WEBP', 'webp'],
	[0, 'BM', 'bmp'],
	[0, 'II*\0', 'tiff'],
	[0, 'MM\0*', 'tiff'],
	[0, '\xff\x0a', 'jxl'],
	[0, '\0\0\0\x0cJXL \r\n\x87\n', 'jxl'],
	[0, '\0\0\0\x0cjP  \r\n\x87\n', 'jpeg2000'],
	[0, '\0\0\x01\0', 'ico'],
	[0, '%PDF', 'pdf'],
	[0, '\x1aE\xdf\xa3', 'video'],
	[8, 'AVI ', 'video'],
	[0, '\0\0\x01\xba', 'video'],
	[0, 'OggS', 'video']
];

/** The brands of an ISO base media file (ISO/IEC 14496-12) that hold still pictures; every other one is a video. */
function isoMediaFormat(bytes: Uint8Array): PhotoFormat | 'video' {
	const brands = latin1(bytes, 8, 40);
	if (/avi[fs]/.test(brands)) return 'avif';
	if (/hei[cxmsf]|hev[cxms]|mif1|msf1/.test(brands)) return 'heic';
	return 'video';
}

/** Text, and whether it is an SVG drawing; null for bytes that are not text. */
function textFormat(bytes: Uint8Array): 'svg' | 'text' | null {
	const head = bytes.subarray(0, TEXT_BYTES);
	if (head.includes(0)) return null;
	try {
		// `stream` lets a character that the cut split in two pass.
		const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
		return /<svg[\s>]/i.test(text) ? 'svg' : 'text';
	} catch {
		return null;
	}
}

/** What the bytes are, whatever the file's name or type claims. */
export function sniffFormat(bytes: Uint8Array): PhotoFormat | OtherFormat {
	if (latin1(bytes, 4, 8) === 'ftyp') return isoMediaFormat(bytes);
	for (const [offset, signature, format] of SIGNATURES) {
		if (latin1(bytes, offset, offset + signature.length) === signature) return format;
	}
	return textFormat(bytes) ?? 'unknown';
}

const NOT_A_PHOTO: Record<OtherFormat, string> = {
	svg: 'This is an SVG drawing, which has shapes instead of pixels; save it as PNG and try that.',
	pdf: 'This is a PDF document, not a photo; export the page as a JPEG or PNG picture.',
	video: 'This is a video, not a photo; save one frame of it as a JPEG or PNG picture.',
	text: 'This is a text file, not a photo; choose a JPEG, PNG or WebP picture.',
	unknown: 'This file is not a picture in any format known here; choose a JPEG, PNG or WebP picture.'
};

/** The format, or the refusal of a file that is not a photo. */
export function photoFormat(bytes: Uint8Array): PhotoFormat {
	const format = sniffFormat(bytes);
	if (format in NOT_A_PHOTO) throw new PatchworkError('photo', NOT_A_PHOTO[format as OtherFormat]);
	return format as PhotoFormat;
}
