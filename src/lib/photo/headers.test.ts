import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { sniffFormat, type PhotoFormat } from './formats';
import { readSize } from './headers';

const width = 37;
const height = 23;

function canvas(channels: 3 | 4 = 3): Sharp {
	return sharp({ create: { width, height, channels, background: { r: 200, g: 30, b: 90, alpha: 0.5 } } });
}

function bytesOf(image: Sharp): Promise<Uint8Array> {
	return image.toBuffer();
}

function ascii(text: string): number[] {
	return [...text].map((letter) => letter.charCodeAt(0));
}

function uint32(value: number): number[] {
	return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

/** A box of an ISO base media file. */
function box(type: string, ...content: number[][]): number[] {
	const body = content.flat();
	return [...uint32(body.length + 8), ...ascii(type), ...body];
}

/** Version and flags of a full box. */
const FULL = [0, 0, 0, 0];

function ispe(w: number, h: number): number[] {
	return box('ispe', FULL, uint32(w), uint32(h));
}

/** The head of a HEIC photo as phones write it: the tiles of a grid come before the whole. */
function heic(): Uint8Array {
	const properties = box('iprp', box('ipco', ispe(512, 512), ispe(4032, 3024), ispe(320, 240)));
	return Uint8Array.from([...box('ftyp', ascii('heic'), FULL, ascii('mif1heic')), ...box('meta', FULL, properties)]);
}

/** The first 26 bytes of a BMP: a core header if `core`, else the one that Windows writes, with rows top down. */
function bmp(core: boolean): Uint8Array {
	const bytes = new Uint8Array(26);
	const view = new DataView(bytes.buffer);
	bytes.set(ascii('BM'));
	view.setUint32(14, core ? 12 : 40, true);
	if (core) {
		view.setUint16(18, width, true);
		view.setUint16(20, height, true);
	} else {
		view.setInt32(18, width, true);
		view.setInt32(22, -height, true);
	}
	return bytes;
}

const made: [name: string, format: PhotoFormat, make: () => Promise<Uint8Array> | Uint8Array][] = [
	['a JPEG', 'jpeg', () => bytesOf(canvas().jpeg())],
	['a progressive JPEG', 'jpeg', () => bytesOf(canvas().jpeg({ progressive: true }))],
	['a JPEG with metadata first', 'jpeg', () => bytesOf(canvas().withMetadata({ orientation: 6 }).jpeg())],
	['a PNG', 'png', () => bytesOf(canvas().png())],
	['a GIF', 'gif', () => bytesOf(canvas().gif())],
	['a lossy WebP', 'webp', () => bytesOf(canvas().webp())],
	['a lossless WebP', 'webp', () => bytesOf(canvas().webp({ lossless: true }))],
	['a WebP with alpha', 'webp', () => bytesOf(canvas(4).webp())],
	['an AVIF', 'avif', () => bytesOf(canvas().avif({ effort: 0 }))],
	['a BMP', 'bmp', () => bmp(false)],
	['an old BMP', 'bmp', () => bmp(true)]
];

describe('readSize', () => {
	it.each(made)('reads the size of %s', async (_, format, make) => {
		const bytes = await make();
		expect(sniffFormat(bytes)).toBe(format);
		expect(readSize(bytes, format)).toEqual({ width, height });
	});

	it('reads a view into a larger buffer', async () => {
		const bytes = await bytesOf(canvas().png());
		const inside = new Uint8Array(bytes.length + 9).subarray(9);
		inside.set(bytes);
		expect(readSize(inside, 'png')).toEqual({ width, height });
	});

	it('takes the whole of a HEIC photo, not its tiles or its thumbnail', () => {
		expect(sniffFormat(heic())).toBe('heic');
		expect(readSize(heic(), 'heic')).toEqual({ width: 4032, height: 3024 });
	});

	it('reads boxes whose length takes 64 bits', () => {
		const content = [...FULL, ...box('iprp', box('ipco', ispe(60, 50)))];
		const large = [...uint32(1), ...ascii('meta'), ...uint32(0), ...uint32(content.length + 16), ...content];
		expect(readSize(Uint8Array.from([...box('ftyp', ascii('avif')), ...large]), 'avif')).toEqual({
			width: 60,
			height: 50
		});
	});

	it('reads all 24 bits of the size in an extended WebP', () => {
		const extended = [...ascii('VP8X'), 10, 0, 0, 0, 0, 0, 0, 0, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06];
		const bytes = Uint8Array.from([...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WEBP'), ...extended]);
		expect(readSize(bytes, 'webp')).toEqual({ width: 0x030201 + 1, height: 0x060504 + 1 });
	});

	it('passes Huffman tables and fill bytes on its way to the frame of a JPEG', () => {
		const table = [0xff, 0xc4, 0, 9, 1, 2, 3, 4, 5, 6, 7];
		// A marker may be preceded by any number of 0xff.
		const frame = [0xff, 0xff, 0xc0, 0, 11, 8, 0, height, 0, width, 1, 1, 0x11, 0];
		expect(readSize(Uint8Array.from([0xff, 0xd8, ...table, ...frame]), 'jpeg')).toEqual({ width, height });
	});

	it('says when a format states no size that is read here', () => {
		expect(readSize(Uint8Array.of(73, 73, 42, 0), 'tiff')).toBeNull();
	});

	it.each(made.filter(([name]) => !name.includes('metadata')))(
		'finds that the header of %s is cut off',
		async (_, format, make) => {
			const bytes = await make();
			expect(readSize(bytes.subarray(0, 9), format)).toBe('unreadable');
		}
	);

	it('finds a width of 0 unreadable', async () => {
		const bytes = Uint8Array.from(await bytesOf(canvas().png()));
		bytes.fill(0, 16, 20);
		expect(readSize(bytes, 'png')).toBe('unreadable');
	});
});
