import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { PatchworkError } from '../base/errors';
import { sniffFormat } from './formats';
import { checkByteLength, checkSize, inspectPhoto, MAX_BYTES } from './inspect';

function picture(width = 40, height = 30): Sharp {
	return sharp({ create: { width, height, channels: 3, background: '#c83' } });
}

/** Bytes of text, one a character. */
function bytes(text: string): Uint8Array {
	return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** The sentence of a refusal, which must be a PatchworkError about the photo. */
function refusal(work: () => unknown): string {
	try {
		work();
	} catch (error) {
		if (error instanceof PatchworkError && error.code === 'photo') return error.message;
		throw error;
	}
	return 'not refused';
}

/** A PNG whose header claims another size, as a photo would that is too large to make here. */
async function claiming(width: number, height: number): Promise<Uint8Array> {
	const png = Uint8Array.from(await picture().png().toBuffer());
	const view = new DataView(png.buffer);
	view.setUint32(16, width);
	view.setUint32(20, height);
	return png;
}

/** Noise, because an even picture has hardly any encoded data to damage. */
async function noisyJpeg(): Promise<Uint8Array> {
	const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
	const image = sharp({ create: { width: 64, height: 64, channels: 3, background: '#000', noise } });
	return Uint8Array.from(await image.jpeg({ quality: 90 }).toBuffer());
}

describe('inspectPhoto', () => {
	it('returns format and size of a good photo', async () => {
		expect(inspectPhoto(await picture().webp().toBuffer())).toEqual({
			format: 'webp',
			size: { width: 40, height: 30 }
		});
		expect(inspectPhoto(await picture(16, 320).png().toBuffer()).size).toEqual({ width: 16, height: 320 });
	});

	it('accepts a TIFF, whose size only the decoder tells', async () => {
		expect(inspectPhoto(await picture().tiff().toBuffer())).toEqual({ format: 'tiff', size: null });
	});

	it.each([
		['an empty file', '', /empty \(0 bytes\)/],
		['an SVG', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"></svg>', /SVG drawing.*save it as PNG/],
		['text', 'Dear reader, this is a letter.', /text file/],
		['a web page', '<!doctype html><title>svg</title>', /text file/],
		['a PDF', '%PDF-1.7\n\0', /PDF document/],
		['an MP4', '\0\0\0\x18ftypmp42\0\0\0\0mp42isom', /video/],
		['a WebM', '\x1aE\xdf\xa3\0\0', /video/],
		['some bytes', '\x01\x02\0\xfe\xff', /not a picture in any format/]
	])('refuses %s', (_, content, sentence) => {
		expect(refusal(() => inspectPhoto(bytes(content)))).toMatch(sentence);
	});

	it('refuses 12000 x 9000 pixels by the header alone', async () => {
		const large = await claiming(12000, 9000);
		expect(refusal(() => inspectPhoto(large))).toMatch(
			/12000 × 9000 pixels, which is 108 megapixels, and the limit is 64/
		);
	});

	it('refuses a strip of 1 x 4000 pixels', async () => {
		const strip = await claiming(1, 4000);
		expect(refusal(() => inspectPhoto(strip))).toMatch(/1 × 4000 pixels and each side must have at least 16/);
	});

	it('refuses a damaged header', () => {
		expect(refusal(() => inspectPhoto(bytes('\x89PNG\r\n\x1a\n')))).toMatch(
			/header of this PNG file is damaged or cut off/
		);
	});

	it.each(['jpeg', 'png', 'webp'] as const)('refuses a %s that is cut off', async (format) => {
		const whole = await picture().toFormat(format).toBuffer();
		expect(refusal(() => inspectPhoto(whole))).toBe('not refused');
		const cut = whole.subarray(0, -3);
		expect(refusal(() => inspectPhoto(cut))).toMatch(new RegExp(`ends before .*after ${cut.length} bytes`));
	});

	it('is not misled by the end marker of a thumbnail inside the metadata of a JPEG that is cut off', async () => {
		const whole = [...(await noisyJpeg())];
		const thumbnail = [0xff, 0xe1, 0, 8, 0xff, 0xd8, 0xff, 0xd9, 0, 0];
		const withThumbnail = Uint8Array.from([0xff, 0xd8, ...thumbnail, ...whole.slice(2)]);
		expect(refusal(() => inspectPhoto(withThumbnail))).toBe('not refused');
		expect(refusal(() => inspectPhoto(withThumbnail.subarray(0, -2)))).toMatch(/ends before/);
	});

	it('lets a camera append what it likes after a JPEG', async () => {
		const appended = Uint8Array.from([...(await noisyJpeg()), 1, 2, 3, 0xff, 0x44]);
		expect(refusal(() => inspectPhoto(appended))).toBe('not refused');
	});

	it('refuses a JPEG whose encoded data holds what an encoder never writes', async () => {
		const jpeg = await noisyJpeg();
		jpeg.set([0xff, 0x44], jpeg.length - 200);
		expect(refusal(() => inspectPhoto(jpeg))).toMatch(/JPEG file is damaged/);
	});
});

describe('limits', () => {
	it('refuses a file by its length', () => {
		expect(refusal(() => checkByteLength(MAX_BYTES + 1))).toMatch(/101 MB and the limit is 100 MB/);
		expect(refusal(() => checkByteLength(MAX_BYTES))).toBe('not refused');
	});

	it.each([
		[8000, 8000, /not refused/],
		[8001, 8000, /65 megapixels/],
		[15, 15, /at least 16/],
		[16, 320, /not refused/],
		[16, 321, /more than 20 times/],
		[321, 16, /more than 20 times/]
	])('judges %i x %i pixels', (width, height, sentence) => {
		expect(refusal(() => checkSize({ width, height }))).toMatch(sentence);
	});
});

describe('sniffFormat', () => {
	it.each([
		['\0\0\0\x20ftypavif\0\0\0\0avifmif1', 'avif'],
		['\0\0\0\x20ftypmif1\0\0\0\0mif1heic', 'heic'],
		['\0\0\0\x14ftypqt  \0\0\0\0qt  ', 'video'],
		['RIFF\0\0\0\0AVI LIST', 'video'],
		['\xff\x0a\0\0', 'jxl'],
		['caf\xc3\xa9', 'text'],
		['caf\xe9 \0', 'unknown'],
		['caf\xe9 au lait', 'unknown']
	])('knows %j', (content, format) => {
		expect(sniffFormat(bytes(content))).toBe(format);
	});
});
