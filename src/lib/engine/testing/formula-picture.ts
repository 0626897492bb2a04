import { createHash } from 'node:crypto';
import type { PixelSource } from '../pixel-source';

/** A picture by a formula, so that Pillow could be given the same one; remembers how many rows were asked for. */
export function formulaPicture([width, height]: readonly [number, number]): PixelSource & {
	readonly asked: [y0: number, y1: number][];
} {
	const data = new Uint8ClampedArray(width * height * 4);
	for (let i = 0; i < width * height; i++) {
		const [x, y] = [i % width, Math.floor(i / width)];
		for (let c = 0; c < 3; c++) data[4 * i + c] = (x * x * 7 + y * 13 * (c + 1) + ((x * y) >> 1) * 3 + c * 91) % 256;
	}
	const asked: [number, number][] = [];
	const rows = (y0: number, y1: number): Uint8ClampedArray => {
		asked.push([y0, y1]);
		return data.subarray(y0 * width * 4, y1 * width * 4);
	};
	return { width, height, rows, asked };
}

/** The first 16 digits of the SHA-256 of the RGB bytes. */
export function digest(rgba: Uint8ClampedArray): string {
	const rgb = rgba.filter((_, i) => i % 4 !== 3);
	return createHash('sha256').update(rgb).digest('hex').slice(0, 16);
}
