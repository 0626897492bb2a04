import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { ORIENTATIONS, orientationLeft } from './orientation';
import { bigEndian, exif, littleEndian, PREFIX, webpWith } from './testing';

const image = () => sharp({ create: { width: 20, height: 16, channels: 3, background: '#369' } });

describe('orientationLeft', () => {
	it.each(ORIENTATIONS)('finds orientation %i in a WebP as sharp writes it', async (orientation) => {
		const tagged = image().withMetadata({ orientation });
		expect(orientationLeft(await tagged.clone().webp().toBuffer(), 'webp')).toBe(orientation);
		expect(orientationLeft(await tagged.webp({ lossless: true }).toBuffer(), 'webp')).toBe(orientation);
	});

	it.each(ORIENTATIONS)('finds orientation %i in either order of bytes, with the prefix and without', (orientation) => {
		for (const order of [bigEndian, littleEndian]) {
			for (const prefix of ['', PREFIX])
				expect(orientationLeft(webpWith(exif(order, orientation, prefix)), 'webp')).toBe(orientation);
		}
	});

	it('finds it after chunks of odd length, and before the picture', () => {
		const block = exif(bigEndian, 8);
		expect(orientationLeft(webpWith(block, { odd: true }), 'webp')).toBe(8);
		expect(orientationLeft(webpWith(block, { first: true }), 'webp')).toBe(8);
	});

	it.each([
		['no orientation that there is', webpWith(exif(bigEndian, 9))],
		['0', webpWith(exif(littleEndian, 0))],
		['a block that is cut off', webpWith(exif(bigEndian, 6).subarray(0, 17))],
		['a block of other bytes', webpWith(new Uint8Array(40).fill(77))],
		['an empty block', webpWith(new Uint8Array(0))],
		['a directory beyond the end', webpWith(exif(bigEndian, 6, '', 4000))],
		['a block that the flags deny, which other readers skip too', webpWith(exif(bigEndian, 6), { flagged: false })]
	])('leaves a WebP with %s as it is', (_, bytes) => {
		expect(orientationLeft(bytes, 'webp')).toBe(1);
	});

	it('leaves a WebP without EXIF, and what browsers turn themselves', async () => {
		expect(orientationLeft(await image().webp().toBuffer(), 'webp')).toBe(1);
		expect(orientationLeft(await image().withMetadata({ orientation: 6 }).jpeg().toBuffer(), 'jpeg')).toBe(1);
	});
});
