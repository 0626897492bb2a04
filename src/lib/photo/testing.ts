/** Helpers of the tests of photos; nothing that is shipped imports this file. */
import { readSize } from './headers';

/** What some writers set before an EXIF block in a WebP. */
export const PREFIX = 'Exif\0\0';

type Order = 'II' | 'MM';
export const littleEndian: Order = 'II';
export const bigEndian: Order = 'MM';

const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** A block that states nothing but an orientation. @param directory where in it that is said to stand */
export function exif(order: Order, orientation: number, prefix = '', directory = 8): Uint8Array {
	const block = new Uint8Array(prefix.length + 26);
	block.set(ascii(prefix + order));
	const view = new DataView(block.buffer, prefix.length);
	const little = order === 'II';
	view.setUint16(2, 42, little);
	view.setUint32(4, directory, little);
	view.setUint16(8, 1, little);
	view.setUint16(10, 0x0112, little);
	view.setUint16(12, 3, little);
	view.setUint32(14, 1, little);
	view.setUint16(18, orientation, little);
	return block;
}

/** 2 × 1 pixels, without loss and without metadata. */
const SMALL = Uint8Array.from(
	Buffer.from('524946461a000000574542505650384c0e0000002f01000000071011fd0f4444ff03', 'hex')
);

interface Layout {
	/** A WebP whose picture is taken. */
	readonly of?: Uint8Array;
	/** The block before the picture. */
	readonly first?: boolean;
	/** A chunk of odd length before both. */
	readonly odd?: boolean;
	/** Whether the header says that there is a block. */
	readonly flagged?: boolean;
}

/** An extended WebP with this EXIF block, whatever it holds. */
export function webpWith(
	block: Uint8Array,
	{ of = SMALL, first = false, odd = false, flagged = true }: Layout = {}
): Uint8Array {
	const size = readSize(of, 'webp');
	if (size === null || size === 'unreadable') throw new Error('no WebP');
	const picture = chunksOf(of).filter(({ name }) => /^(VP8 |VP8L|ALPH)$/.test(name));
	const header = new Uint8Array(10);
	const view = new DataView(header.buffer);
	header[0] = (flagged ? 0x08 : 0) | (picture.some(hasAlpha) ? 0x10 : 0);
	view.setUint32(4, size.width - 1, true);
	view.setUint16(7, size.height - 1, true);
	const body = picture.map(({ name, data }) => chunk(name, data));
	const parts = [
		chunk('VP8X', header),
		...(odd ? [chunk('ODD ', new Uint8Array(3))] : []),
		...(first ? [chunk('EXIF', block), ...body] : [...body, chunk('EXIF', block)])
	];
	return chunk('RIFF', concat([ascii('WEBP'), ...parts]));
}

interface Chunk {
	readonly name: string;
	readonly data: Uint8Array;
}

/** A lossless picture says so itself, in the bit after its two sizes. */
const hasAlpha = ({ name, data }: Chunk) => name === 'ALPH' || (name === 'VP8L' && ((data[4] ?? 0) & 0x10) !== 0);

function chunksOf(webp: Uint8Array): Chunk[] {
	const view = new DataView(webp.buffer, webp.byteOffset, webp.byteLength);
	const chunks: Chunk[] = [];
	for (let at = 12; at < webp.length;) {
		const length = view.getUint32(at + 4, true);
		chunks.push({
			name: String.fromCharCode(...webp.subarray(at, at + 4)),
			data: webp.subarray(at + 8, at + 8 + length)
		});
		at += 8 + length + (length % 2);
	}
	return chunks;
}

function chunk(name: string, data: Uint8Array): Uint8Array {
	const length = new Uint8Array(4);
	new DataView(length.buffer).setUint32(0, data.length, true);
	return concat([ascii(name), length, data, new Uint8Array(data.length % 2)]);
}

const concat = (parts: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));
