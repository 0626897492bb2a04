import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PixelSource } from '../../src/lib/engine/pixel-source';
import { decodeFile } from './decode';

let folder = '';
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'patchwork-decode-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function decode(name: string, image: Sharp | Uint8Array): Promise<PixelSource> {
	const path = join(folder, name);
	await writeFile(path, image instanceof Uint8Array ? image : await image.toBuffer());
	return decodeFile(path);
}

function pixel(source: PixelSource, x: number, y: number): number[] {
	return [...source.rows(y, y + 1).subarray(4 * x, 4 * x + 4)];
}

/** A raw picture, each pixel from its coordinates. */
function raw(
	width: number,
	height: number,
	channels: 1 | 2 | 3 | 4,
	colour: (x: number, y: number) => number[]
): Sharp {
	const data = Array.from({ length: width * height }, (_, i) => colour(i % width, Math.floor(i / width))).flat();
	return sharp(Uint8Array.from(data), { raw: { width, height, channels } });
}

const RED = [255, 0, 0];
const GREEN = [0, 255, 0];
const BLUE = [0, 0, 255];
const BLACK = [0, 0, 0];

/** Stored as 32 x 16: red and green above, blue and black below. */
function quarters(): Sharp {
	return raw(32, 16, 3, (x, y) => (y < 8 ? (x < 16 ? RED : GREEN) : x < 16 ? BLUE : BLACK));
}

/** What stands upright at the top left, top right, bottom left and bottom right (Exif 2.32, table 6). */
const ORIENTATIONS: [orientation: number, ...corners: number[][]][] = [
	[1, RED, GREEN, BLUE, BLACK],
	[2, GREEN, RED, BLACK, BLUE],
	[3, BLACK, BLUE, GREEN, RED],
	[4, BLUE, BLACK, RED, GREEN],
	[5, RED, BLUE, GREEN, BLACK],
	[6, BLUE, RED, BLACK, GREEN],
	[7, BLACK, GREEN, BLUE, RED],
	[8, GREEN, BLACK, RED, BLUE]
];

describe('decodeFile', () => {
	it.each(ORIENTATIONS)('turns a JPEG of EXIF orientation %i upright', async (orientation, ...corners) => {
		const jpeg = quarters().withMetadata({ orientation }).jpeg({ quality: 100, chromaSubsampling: '4:4:4' });
		const source = await decode(`orientation-${orientation}.jpg`, jpeg);
		const { width, height } = source;
		expect([width, height]).toEqual(orientation < 5 ? [32, 16] : [16, 32]);
		const found = [
			pixel(source, 2, 2),
			pixel(source, width - 3, 2),
			pixel(source, 2, height - 3),
			pixel(source, width - 3, height - 3)
		];
		const distance = found.flatMap((colour, i) =>
			colour.slice(0, 3).map((v, c) => Math.abs(v - (corners[i]?.[c] ?? NaN)))
		);
		expect(Math.max(...distance)).toBeLessThanOrEqual(3);
	});

	it('puts alpha over white, rounded as Pillow rounds it', async () => {
		const source = await decode('alpha.png', raw(256, 16, 4, (x) => [10, 200, 0, x]).png());
		expect(pixel(source, 0, 3)).toEqual([255, 255, 255, 255]);
		expect(pixel(source, 255, 3)).toEqual([10, 200, 0, 255]);
		// 10 * 100 / 255 + 255 * 155 / 255 = 158.92, and so on.
		expect(pixel(source, 100, 3)).toEqual([159, 233, 155, 255]);
	});

	it('reads grey pictures, with and without alpha, as RGB', async () => {
		const grey = await decode(
			'grey.png',
			raw(20, 20, 1, () => [99])
				.toColourspace('b-w')
				.png()
		);
		expect(pixel(grey, 7, 7)).toEqual([99, 99, 99, 255]);
		const greyAlpha = await decode(
			'grey-alpha.png',
			raw(20, 20, 2, () => [0, 51])
				.toColourspace('b-w')
				.png()
		);
		expect(pixel(greyAlpha, 7, 7)).toEqual([204, 204, 204, 255]);
	});

	it('reads a CMYK JPEG by the plain formula, without a colour profile', async () => {
		const jpeg = await raw(32, 16, 3, (x) => (x < 16 ? [255, 255, 255] : [180, 60, 30]))
			.toColourspace('cmyk')
			.jpeg({ quality: 100 })
			.toBuffer();
		const stored = sharp(jpeg, { ignoreIcc: true }).pipelineColourspace('cmyk').toColourspace('cmyk').raw();
		const { data, info } = await stored.toBuffer({ resolveWithObject: true });
		expect(info.channels).toBe(4);
		const at = 4 * (5 * 32 + 24);
		const [cyan = NaN, magenta = NaN, yellow = NaN, black = NaN] = data.subarray(at, at + 4);
		const expected = [cyan, magenta, yellow].map((ink) => Math.round((255 - black) * (1 - ink / 255)));
		const source = await decode('cmyk.jpg', jpeg);
		expect(pixel(source, 24, 5)).toEqual([...expected, 255]);
		expect(Math.min(...pixel(source, 4, 5))).toBeGreaterThan(250);
		expect(expected[0]).toBeGreaterThan((expected[2] ?? NaN) + 50);
	});

	it('ignores an embedded colour profile', async () => {
		const tagged = raw(16, 16, 3, () => [200, 100, 50]).withIccProfile('p3', { attach: true });
		const source = await decode('p3.png', tagged.png());
		const stored = await sharp(await tagged.png().toBuffer(), { ignoreIcc: true })
			.raw()
			.toBuffer();
		expect(stored[0]).not.toBe(200);
		expect(pixel(source, 3, 3)).toEqual([...stored.subarray(0, 3), 255]);
	});

	it('hands out the rows that were asked for', async () => {
		const source = await decode('rows.png', raw(16, 20, 3, (_, y) => [y, 0, 0]).png());
		const rows = source.rows(4, 6);
		expect([rows.length, rows[0], rows[16 * 4]]).toEqual([2 * 16 * 4, 4, 5]);
	});

	it('refuses what the page refuses', async () => {
		await expect(decode('letter.jpg', Buffer.from('Dear reader'))).rejects.toThrow(/text file/);
		const strip = raw(1, 400, 3, () => RED).png();
		await expect(decode('strip.png', strip)).rejects.toThrow(/1 × 400 pixels/);
	});

	it('says which file does not exist or does not decode', async () => {
		await expect(decodeFile(join(folder, 'none.jpg'))).rejects.toMatchObject({
			code: 'photo',
			message: expect.stringContaining('none.jpg') as string
		});
		const png = Uint8Array.from(await quarters().png().toBuffer());
		png.fill(0, png.length - 40, png.length - 20);
		await expect(decode('damaged.png', png)).rejects.toThrow(/PNG file .*damaged.png cannot be decoded/);
	});
});
