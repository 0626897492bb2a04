import sharp, { type Sharp } from 'sharp';
import { crc32, deflateSync } from 'node:zlib';
import type { Upload } from './inspect-page';

/** Pictures made while the tests run, by type. */
const EXTENSIONS = { jpeg: 'jpg', png: 'png', webp: 'webp', gif: 'gif' } as const;
type Format = keyof typeof EXTENSIONS;

export const COLOURS = {
	red: [220, 40, 40],
	green: [40, 170, 60],
	blue: [40, 70, 210],
	yellow: [235, 205, 40]
} as const;
type Colour = keyof typeof COLOURS;

const css = (name: Colour) => `rgb(${COLOURS[name].join(' ')})`;

export const asUpload = (name: string, data: Buffer | Uint8Array, type = ''): Upload => ({
	name,
	type,
	data: Buffer.from(data)
});

/** Four quarters: red and green above, blue and yellow below. Which way up it is can be seen at any corner. */
export function quarters(width = 400, height = 300): Sharp {
	const [w, h] = [width / 2, height / 2];
	const rectangle = (x: number, y: number, colour: Colour) =>
		`<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${css(colour)}"/>`;
	const shapes =
		rectangle(0, 0, 'red') + rectangle(w, 0, 'green') + rectangle(0, h, 'blue') + rectangle(w, h, 'yellow');
	return sharp(
		Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes}</svg>`)
	);
}

/** As a camera would make it: the quarters, with millions of pixels and too much noise for a small file. */
export async function largePhoto(): Promise<Upload> {
	const [width, height] = [2400, 1600];
	const noise = { type: 'gaussian', mean: 128, sigma: 25 } as const;
	const grain = await sharp({ create: { width, height, channels: 3, background: '#888', noise } })
		.png({ compressionLevel: 1 })
		.toBuffer();
	return upload('large', quarters(width, height).composite([{ input: grain, blend: 'soft-light' }]), 'jpeg');
}

/** A picture of one colour; transparent without one. */
export function plain(colour: Colour | null, width = 320, height = 320): Sharp {
	const [r, g, b] = colour ? COLOURS[colour] : [0, 0, 0];
	return sharp({ create: { width, height, channels: 4, background: { r, g, b, alpha: colour ? 1 : 0 } } });
}

export async function upload(name: string, picture: Sharp, format: Format = 'png'): Promise<Upload> {
	const jpeg = { quality: 97, chromaSubsampling: '4:4:4' };
	const file = picture.toFormat(format, format === 'jpeg' ? jpeg : format === 'webp' ? { lossless: true } : {});
	return { name: `${name}.${EXTENSIONS[format]}`, type: `image/${format}`, data: await file.toBuffer() };
}

/** How far a camera was turned clockwise when it wrote this EXIF orientation (Exif 2.32, tag 0x0112). */
const TURNED = { 1: 0, 3: 180, 6: 270, 8: 90 } as const;

/** The quarters as such a camera stores them: turned, with the orientation that turns them back. */
export async function turnedQuarters(
	orientation: keyof typeof TURNED,
	format: 'jpeg' | 'webp' = 'jpeg'
): Promise<Upload> {
	const upright = await quarters().png().toBuffer();
	const stored = sharp(upright).rotate(TURNED[orientation]).withMetadata({ orientation });
	return upload(`turned-${orientation}`, stored, format);
}

/** An animation of two frames. */
export async function animation(first: Colour, second: Colour): Promise<Upload> {
	const frames = await Promise.all([plain(first), plain(second)].map((frame) => frame.png().toBuffer()));
	const data = await sharp(frames, { join: { animated: true } })
		.gif({ delay: [5000, 5000], loop: 0 })
		.toBuffer();
	return asUpload('moving.gif', data, 'image/gif');
}

/** A black PNG of any size in a few kilobytes: one bit a pixel, every row the same. */
export function hugePng(width: number, height: number): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header[8] = 1;
	const rows = Buffer.alloc(height * (1 + Math.ceil(width / 8)));
	const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
	return Buffer.concat([
		signature,
		chunk('IHDR', header),
		chunk('IDAT', deflateSync(rows)),
		chunk('IEND', Buffer.alloc(0))
	]);
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	check.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, check]);
}

/** A JPEG whose frame header claims another size; nothing else of it is touched. */
export async function jpegThatClaims(width: number, height: number): Promise<Buffer> {
	const data = await quarters().jpeg().toBuffer();
	const frame = data.indexOf(Buffer.from([0xff, 0xc0]));
	data.writeUInt16BE(height, frame + 5);
	data.writeUInt16BE(width, frame + 7);
	return data;
}

/** A JPEG with some bytes of its pixels overwritten by a marker that no JPEG may hold. */
export async function corruptJpeg(): Promise<Buffer> {
	const data = await quarters().jpeg().toBuffer();
	data.fill(Buffer.from([0xff, 0x12]), data.length - 60, data.length - 40);
	return data;
}

/** The boxes that say what a HEIC is and how large (ISO/IEC 23008-12), with nothing to decode in them. */
export function heic(width: number, height: number): Buffer {
	const size = Buffer.alloc(12);
	size.writeUInt32BE(width, 4);
	size.writeUInt32BE(height, 8);
	const properties = box('iprp', box('ipco', box('ispe', size)));
	return Buffer.concat([
		box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1')),
		box('meta', Buffer.alloc(4), properties)
	]);
}

function box(type: string, ...content: Buffer[]): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), ...content]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(4 + body.length);
	return Buffer.concat([length, body]);
}
