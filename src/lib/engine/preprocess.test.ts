import { describe, expect, it } from 'vitest';
import { huggingfacePreprocess } from './checkpoint/read-preprocess';
import { timmPreprocess } from './checkpoint/timm-preprocess';
import { centreCrop, preprocess } from './preprocess';
import type { PixelSource } from './pixel-source';
import { VIT_TINY_INPUT as vitTiny } from './testing/vit-tiny-input';

/** Red grows with x, green with y, blue is constant: what is seen tells where it came from. */
function gradient(width: number, height: number): PixelSource {
	return {
		width,
		height,
		rows: (y0, y1) =>
			Uint8ClampedArray.from({ length: (y1 - y0) * width * 4 }, (_, i) => {
				const pixel = i >> 2;
				const row = y0 + Math.floor(pixel / width);
				return [(255 * (pixel % width)) / width, (255 * row) / height, 77, 0][i & 3] ?? 0;
			})
	};
}

describe('centreCrop', () => {
	it('is the central nine tenths of a square photo', () => {
		const crop = centreCrop(496, 496, vitTiny);
		expect(crop).toEqual({ x: 24, y: 24, width: 448, height: 448 });
	});

	it('truncates the longer side and scales each axis by its own factor', () => {
		// 500 x 375 becomes 330 x 248 (330.67 truncated), of which 224 pixels from (53, 12) are kept.
		const wide = centreCrop(500, 375, vitTiny);
		expect(wide.x).toBeCloseTo((53 * 500) / 330, 10);
		expect(wide.width).toBeCloseTo((224 * 500) / 330, 10);
		expect(wide.y).toBeCloseTo((12 * 375) / 248, 10);
		expect(wide.height).toBeCloseTo((224 * 375) / 248, 10);
		const tall = centreCrop(375, 500, vitTiny);
		expect([tall.x, tall.y, tall.width, tall.height]).toEqual([wide.y, wide.x, wide.height, wide.width]);
	});

	it.each([
		// The leftover of the resized width, 25 and 27 pixels, is an odd number: 12.5 and 13.5 go to the even neighbour.
		[249, 12],
		[251, 14]
	])('rounds the offset of a %i pixel wide photo half to even', (width, offset) => {
		expect(centreCrop(width, 248, vitTiny).x).toBeCloseTo(offset, 10);
	});

	it('is the whole photo for squash', () => {
		expect(centreCrop(500, 375, huggingfacePreprocess(null, [224, 224]))).toEqual({
			x: 0,
			y: 0,
			width: 500,
			height: 375
		});
	});

	it('is the middle of a squashed photo that is cropped afterwards, as DeiT’s is', () => {
		const { x, y, width, height } = centreCrop(512, 256, huggingfacePreprocess(null, [224, 224], 'deit'));
		expect([x, y, width, height]).toEqual([32, 16, 448, 224]);
	});

	it('keeps the aspect for an input that is not square', () => {
		// Targets 112 high and 224 wide; 300 x 300 shrinks by 300 / 224 to 224 x 224, of which the middle 112 rows stay.
		const crop = centreCrop(300, 300, timmPreprocess({ crop_pct: 1 }, [112, 224]));
		expect(crop.x).toBe(0);
		expect(crop.width).toBe(300);
		expect(crop.y).toBeCloseTo(75, 10);
		expect(crop.height).toBeCloseTo(150, 10);
	});
});

describe('preprocess', () => {
	const small = timmPreprocess({ crop_pct: 1 }, [16, 16]);

	it('normalises each channel with its own mean and deviation, channels first', () => {
		const { pixelValues, seen } = preprocess(gradient(40, 40), small, null);
		expect(pixelValues).toHaveLength(3 * 16 * 16);
		for (const [pixel, channel] of [
			[0, 0],
			[37, 1],
			[255, 2]
		] as const) {
			const value = (seen.data[pixel * 4 + channel] ?? NaN) / 255;
			const expected = (value - (small.mean[channel] ?? NaN)) / (small.std[channel] ?? NaN);
			expect(pixelValues[channel * 256 + pixel]).toBeCloseTo(expected, 5);
		}
	});

	it('returns what the model saw as opaque pixels, with the region', () => {
		const { seen, crop } = preprocess(gradient(64, 32), small, null);
		expect([seen.width, seen.height, seen.data.length]).toEqual([16, 16, 16 * 16 * 4]);
		expect(seen.data[3]).toBe(255);
		expect(crop).toEqual({ x: 16, y: 0, width: 32, height: 32 });
	});

	it('shows exactly the chosen region', () => {
		const { seen, crop } = preprocess(gradient(100, 100), small, { x: 50, y: 20, width: 32, height: 32 });
		// The first output pixel covers the source from 50 to 52 and from 20 to 22.
		expect(Math.abs((seen.data[0] ?? 0) - 255 * 0.505)).toBeLessThanOrEqual(1);
		expect(Math.abs((seen.data[1] ?? 0) - 255 * 0.205)).toBeLessThanOrEqual(1);
		expect(crop).toEqual({ x: 50, y: 20, width: 32, height: 32 });
	});

	it('gives the same pixels for the centre crop when it is chosen', () => {
		const photo = gradient(90, 70);
		const trained = preprocess(photo, vitTiny, null);
		const chosen = preprocess(photo, vitTiny, centreCrop(90, 70, vitTiny));
		const differences = trained.seen.data.map((value, i) => Math.abs(value - (chosen.seen.data[i] ?? 0)));
		expect(differences.reduce((a, b) => Math.max(a, b))).toBeLessThanOrEqual(1);
	});

	it.each([
		[
			{ x: -5, y: 90, width: 30, height: 30 },
			{ x: 0, y: 70, width: 30, height: 30 }
		],
		[
			{ x: 10, y: 10, width: 500, height: 20 },
			{ x: 0, y: 10, width: 100, height: 20 }
		],
		[
			{ x: 99.5, y: 0.5, width: 0, height: 0.25 },
			{ x: 99, y: 0.5, width: 1, height: 1 }
		]
	])('clamps %j into a 100 x 100 photo', (crop, expected) => {
		expect(preprocess(gradient(100, 100), small, crop).crop).toEqual(expected);
	});

	it('takes photos smaller than the input, down to one pixel', () => {
		const { seen } = preprocess(gradient(1, 1), vitTiny, null);
		expect([...seen.data.subarray(0, 4)]).toEqual([0, 0, 77, 255]);
		expect([...seen.data.subarray(-4)]).toEqual([0, 0, 77, 255]);
	});
});

describe('a crop that reaches beyond the photo', () => {
	const border = timmPreprocess({ crop_pct: 1, crop_mode: 'border', mean: [1, 0.5, 0] }, [16, 16]);

	it('shows what is fed there, and says where it lies', () => {
		const { seen, pixelValues, crop } = preprocess(gradient(64, 32), border, null);
		expect(crop).toEqual({ x: 0, y: -16, width: 64, height: 64 });
		expect([...seen.data.subarray(0, 4)]).toEqual([255, 128, 0, 255]);
		expect(pixelValues[0]).toBe(0);
		expect(seen.data[4 * 16 * 8 + 2]).toBe(77);
	});

	it('is black for transformers, and lies half a pixel to the left', () => {
		const config = huggingfacePreprocess({ size: [13, 13], do_center_crop: true, crop_size: 16 }, [16, 16]);
		const { seen, pixelValues, crop } = preprocess(gradient(13, 13), config, null);
		expect(crop).toEqual({ x: -2, y: -2, width: 16, height: 16 });
		expect([...seen.data.subarray(0, 4)]).toEqual([0, 0, 0, 255]);
		expect(pixelValues[0]).toBe(-1);
		expect(seen.data[4 * (16 * 2 + 2) + 2]).toBe(77);
		expect(seen.data[4 * (16 * 14 + 14) + 2]).toBe(77);
		expect(seen.data[4 * (16 * 15 + 15) + 2]).toBe(0);
	});

	it('gives a reader’s own crop the whole input', () => {
		const { seen, crop } = preprocess(gradient(64, 32), border, { x: 8, y: 4, width: 16, height: 16 });
		expect(crop).toEqual({ x: 8, y: 4, width: 16, height: 16 });
		expect(seen.data.every((value, i) => i % 4 !== 2 || value === 77)).toBe(true);
	});
});

describe('a model whose files leave a photo’s shape as it is', () => {
	const config = huggingfacePreprocess({ size: { shortest_edge: 16 } }, [16, 16]);

	it('takes a photo that fits, and any part of another', () => {
		expect(preprocess(gradient(40, 40), config, null).seen).toMatchObject({ width: 16, height: 16 });
		expect(preprocess(gradient(64, 32), config, { x: 0, y: 0, width: 32, height: 32 }).seen.width).toBe(16);
	});

	it('refuses another photo in a sentence', () => {
		expect(() => preprocess(gradient(64, 32), config, null)).toThrow(/become 16 x 16 pixels.*this one becomes 16 x 32/);
	});

	it('may survive being sent to a worker', () => {
		expect(structuredClone(config)).toEqual(config);
	});
});
