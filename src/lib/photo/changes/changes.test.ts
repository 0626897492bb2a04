import { describe, expect, it } from 'vitest';
import { preprocess } from '../../engine/preprocess';
import { wholePhoto } from '../../engine/whole-photo';
import { blur } from './blur';
import { CHANGES } from './changes';
import { grey, IMAGENET_NORM, invert } from './colour';
import { hideHalf, hideRight } from './hide';
import { moved, stripOf } from './move';
import { noise } from './noise';
import { bytesOf, inputOf, mirrored, pixelsOf, type Pixels } from './pixels';
import { halfSize, resized } from './resize';
import { shuffleSquares } from './shuffle';
import { flipVertical, mirror, turn180, turn90 } from './turn';

/** A picture whose red is given, green is 0.5 and blue -0.25 all over. */
function picture(red: readonly (readonly number[])[]): Pixels {
	const [height, width] = [red.length, red[0]?.length ?? 0];
	const size = width * height;
	const data = Float32Array.from([...red.flat(), ...Array<number>(size).fill(0.5), ...Array<number>(size).fill(-0.25)]);
	return { data, width, height };
}

/** The red of a picture, row by row; the other channels must not have been mixed with it. */
function redOf({ data, width, height }: Pixels): number[][] {
	return Array.from({ length: height }, (_, row) => [...data.subarray(row * width, (row + 1) * width)]);
}

/** All numbers different, of `height` rows and `width` columns, in [0, 1). */
const counted = (height: number, width: number): Pixels =>
	picture(Array.from({ length: height }, (_, r) => Array.from({ length: width }, (_, c) => (r * width + c) / 1024)));

const SMALL = picture([
	[0, 0.25, 0.5],
	[0.75, 1, -1]
]);

describe('pixels', () => {
	it('are bytes with middle grey at 0, and become the same bytes again', () => {
		const data = Uint8ClampedArray.from({ length: 4 * 256 }, (_, i) => (i % 4 === 3 ? 255 : (i >> 2) ^ (i % 4)));
		const pixels = pixelsOf({ data, width: 16, height: 16 });
		expect(pixels.data[0]).toBe(-1);
		expect(pixels.data[255]).toBe(1);
		expect(pixels.data[256]).toBeCloseTo(1 / 127.5 - 1, 6);
		expect(bytesOf(pixels)).toEqual(data);
	});

	it('become a model’s input by its own mean and std', () => {
		const pixels = pixelsOf({ data: Uint8ClampedArray.of(0, 102, 255, 255), width: 1, height: 1 });
		const own = { rescale: 1 / 255, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] } as const;
		expect([...inputOf(pixels, own)].map((x) => Number(x.toFixed(6)))).toEqual([-1, -0.2, 1]);
		const imagenet = inputOf(pixels, { ...own, ...IMAGENET_NORM });
		expect(imagenet[0]).toBeCloseTo(-0.485 / 0.229, 5);
		expect(imagenet[1]).toBeCloseTo((0.4 - 0.456) / 0.224, 5);
		expect(imagenet[2]).toBeCloseTo((1 - 0.406) / 0.225, 5);
	});

	it('are mirrored beyond an edge, which is not repeated', () => {
		expect([-3, -2, -1, 0, 1, 2, 3, 4, 5, 6].map((place) => mirrored(place, 4))).toEqual([
			3, 2, 1, 0, 1, 2, 3, 2, 1, 0
		]);
		expect(mirrored(5, 1)).toBe(0);
	});
});

describe('turning', () => {
	it('reverses rows, or columns', () => {
		expect(redOf(flipVertical(SMALL))).toEqual([
			[0.75, 1, -1],
			[0, 0.25, 0.5]
		]);
		expect(redOf(mirror(SMALL))).toEqual([
			[0.5, 0.25, 0],
			[-1, 1, 0.75]
		]);
	});

	it('by a quarter is against the clock, as numpy’s rot90, and by a half is both', () => {
		// numpy.rot90([[0, .25, .5], [.75, 1, -1]])
		expect(redOf(turn90(SMALL))).toEqual([
			[0.5, -1],
			[0.25, 1],
			[0, 0.75]
		]);
		expect(redOf(turn180(SMALL))).toEqual([
			[-1, 1, 0.75],
			[0.5, 0.25, 0]
		]);
		expect(turn90(turn90(SMALL))).toEqual(turn180(SMALL));
	});
});

describe('colours', () => {
	it('become the luma in all three channels', () => {
		const { data } = grey(SMALL);
		const rest = 0.587 * 0.5 - 0.114 * 0.25;
		expect(data[4]).toBeCloseTo(0.299 + rest, 6);
		expect(data[5]).toBeCloseTo(-0.299 + rest, 6);
		for (let i = 0; i < 6; i++) expect([data[6 + i], data[12 + i]]).toEqual([data[i], data[i]]);
	});

	it('become their opposites', () => {
		expect([...invert(SMALL).data]).toEqual([...SMALL.data].map((x) => -x));
	});
});

describe('the blur', () => {
	it('spreads a point as a Gaussian of 17 taps, both ways', () => {
		const side = 33;
		const red = Array.from({ length: side }, (_, r) =>
			Array.from({ length: side }, (_, c) => Number(r === 16 && c === 16))
		);
		const out = redOf(blur(picture(red), 2));
		const total = Array.from({ length: 17 }, (_, i) => Math.exp(-((i - 8) ** 2) / 8)).reduce((a, b) => a + b, 0);
		const weight = (d: number) => (Math.abs(d) > 8 ? 0 : Math.exp(-(d ** 2) / 8) / total);
		for (const [r, c] of [
			[16, 16],
			[16, 18],
			[20, 13],
			[8, 24],
			[7, 16],
			[16, 25]
		] as const)
			expect(out[r]?.[c]).toBeCloseTo(weight(r - 16) * weight(c - 16), 6);
	});

	it('mirrors the edge without repeating it, and leaves an even picture even', () => {
		const line = Array.from({ length: 20 }, (_, i) => (i === 1 ? 1 : 0));
		const [out = []] = redOf(blur(picture([line]), 2));
		const total = Array.from({ length: 17 }, (_, i) => Math.exp(-((i - 8) ** 2) / 8)).reduce((a, b) => a + b, 0);
		// The first pixel sees the second on its right, and once more mirrored on its left.
		expect(out[0]).toBeCloseTo((2 * Math.exp(-1 / 8)) / total, 6);
		const even = blur(picture([Array<number>(9).fill(0.375), Array<number>(9).fill(0.375)]), 2);
		for (const x of even.data.subarray(0, 18)) expect(x).toBeCloseTo(0.375, 6);
	});
});

describe('noise', () => {
	it('is normal with the given deviation, cut to the range, and the same for a seed', () => {
		const flat = picture(Array.from({ length: 64 }, () => Array<number>(64).fill(0)));
		const { data } = noise(flat, 0.2, 3);
		const red = [...data.subarray(0, 4096)];
		const mean = red.reduce((a, b) => a + b, 0) / red.length;
		const deviation = Math.sqrt(red.reduce((sum, x) => sum + (x - mean) ** 2, 0) / red.length);
		expect(mean).toBeCloseTo(0, 1);
		expect(Math.abs(deviation / 0.2 - 1)).toBeLessThan(0.05);
		expect(red.filter((x) => Math.abs(x) < 0.2).length / red.length).toBeCloseTo(0.683, 1);
		expect(noise(flat, 0.2, 3).data).toEqual(data);
		expect(noise(flat, 0.2, 4).data).not.toEqual(data);
		const bright = noise(picture([[1, -1, 1, -1]]), 5, 1).data;
		expect(bright.every((x) => Math.abs(x) <= 1)).toBe(true);
	});
});

describe('squares', () => {
	it('are moved whole, each once, and another seed moves them otherwise', () => {
		const pixels = counted(4, 6);
		const out = shuffleSquares(pixels, 2, 5);
		const square = (of: Pixels, place: number) => {
			const [top, left] = [2 * Math.floor(place / 3), 2 * (place % 3)];
			return redOf(of)
				.slice(top, top + 2)
				.map((row) => row.slice(left, left + 2))
				.join('|');
		};
		const places = [0, 1, 2, 3, 4, 5];
		const before = places.map((place) => square(pixels, place));
		expect(places.map((place) => square(out, place)).toSorted()).toEqual(before.toSorted());
		expect(
			[5, 6, 7].map((seed) => shuffleSquares(pixels, 2, seed).data.join()).filter((x, i, all) => all.indexOf(x) === i)
				.length
		).toBeGreaterThan(1);
	});

	it('leave what is no whole square where it is', () => {
		const pixels = counted(3, 5);
		const out = redOf(shuffleSquares(pixels, 2, 1));
		expect(out[2]).toEqual(redOf(pixels)[2]);
		expect(out.map((row) => row[4])).toEqual(redOf(pixels).map((row) => row[4]));
	});

	it('are hidden by the half, at random', () => {
		const ones = picture(Array.from({ length: 6 }, () => Array<number>(6).fill(1)));
		const hidden = hideHalf(ones, 2, 9);
		const red = redOf(hidden);
		expect(red.flat().filter((x) => x === 0)).toHaveLength(4 * 4);
		// All of a square or nothing, in every channel.
		for (let i = 0; i < 36; i++) {
			const [r, c] = [Math.floor(i / 6), i % 6];
			expect(red[r]?.[c]).toBe(red[2 * Math.floor(r / 2)]?.[2 * Math.floor(c / 2)]);
			expect(hidden.data[36 + i] === 0).toBe(hidden.data[i] === 0);
		}
		expect(hideHalf(ones, 2, 9)).toEqual(hidden);
	});

	it('are the right half, grey', () => {
		expect(redOf(hideRight(picture([[1, 1, 1, 1]])))).toEqual([[1, 1, 0, 0]]);
		expect([...hideRight(SMALL).data.subarray(6, 12)]).toEqual([0.5, 0, 0, 0.5, 0, 0]);
	});
});

describe('sizes', () => {
	it('at half lie in the middle of grey', () => {
		const even = picture(Array.from({ length: 8 }, () => Array<number>(8).fill(1)));
		const out = redOf(halfSize(even));
		expect(out).toEqual(
			Array.from({ length: 8 }, (_, r) =>
				Array.from({ length: 8 }, (_, c) => Number(r >= 2 && r < 6 && c >= 2 && c < 6))
			)
		);
	});

	it('are those of Pillow’s bicubic filter', () => {
		// Keys's weights at 0.25, 0.25, 0.75 and 1.25: (0.8671875 (0 + 85) + 0.2265625 * 170 - 0.0703125 * 255) / 1.890625.
		const bytes = Uint8ClampedArray.from([0, 85, 170, 255].flatMap((v) => [v, v, v, 255]));
		const out = resized(pixelsOf({ data: bytes, width: 4, height: 1 }), 2, 1);
		expect([...bytesOf(out)].filter((_, i) => i % 4 === 0)).toEqual([50, 205]);
	});
});

describe('moving', () => {
	const line = { pixels: counted(1, 8), start: 2, width: 4 };

	it('shows what lies further to the right, and the photo mirrored beyond its edge', () => {
		const at = (by: number) => redOf(moved(line, by))[0]?.map((x) => x * 1024);
		expect(at(0)).toEqual([2, 3, 4, 5]);
		expect(at(1)).toEqual([3, 4, 5, 6]);
		expect(at(4)).toEqual([6, 7, 6, 5]);
	});

	it('by nothing shows what the model sees, of a wide photo and of a high one', () => {
		for (const [width, height] of [
			[61, 40],
			[40, 61],
			[40, 40]
		] as const) {
			const data = Uint8ClampedArray.from({ length: 4 * width * height }, (_, i) => (i * 37) % 251);
			const photo = { width, height, rows: (a: number, b: number) => data.subarray(a * 4 * width, b * 4 * width) };
			const resize = { rule: 'shorter', edge: 20, longest: null } as const;
			const config = { ...wholePhoto([16, 16]), resize, crops: [[16, 16]] } as const;
			expect(moved(stripOf(photo, config), 0)).toEqual(pixelsOf(preprocess(photo, config, null).seen));
		}
	});

	it('goes over the whole width of the resized photo', () => {
		const data = Uint8ClampedArray.from({ length: 4 * 8 * 4 }, (_, i) => (i % 4 === 3 ? 255 : ((i >> 2) % 8) * 10));
		const photo = { width: 8, height: 4, rows: (a: number, b: number) => data.subarray(a * 32, b * 32) };
		const config = { ...wholePhoto([4, 4]), resize: { rule: 'none' }, crops: [[4, 4]] } as const;
		const strip = stripOf(photo, config);
		expect([strip.start, strip.width, strip.pixels.width]).toEqual([2, 4, 8]);
		expect(bytesOf(moved(strip, 3))[0]).toBe(50);
		expect(() => stripOf(photo, { ...config, size: [6, 6], crops: [[6, 6]] })).toThrow(/cannot be moved/);
	});
});

describe('the list', () => {
	it('has every change by a name of its own, with a sentence', () => {
		const names = CHANGES.map(({ name }) => name);
		expect(new Set(names).size).toBe(19);
		expect(names).toHaveLength(19);
		for (const { words } of CHANGES) expect(words).toMatch(/^[A-Z].*\.$/);
	});

	it('changes what is handed to it, and nothing of that itself', async () => {
		const crop = counted(224, 224);
		const before = crop.data.slice();
		const jpeg = (pixels: Pixels, quality: number) => Promise.resolve({ ...invert(pixels), width: quality });
		const strip = () => ({ pixels: crop, start: 0, width: 224 });
		for (const { name, apply } of CHANGES) {
			const out = await apply({ crop, strip, jpeg, seed: 1 });
			expect(crop.data.every((x, at) => x === before[at])).toBe(true);
			expect(out.width, name).toBe(name === 'small-160' ? 160 : name === 'jpeg-10' ? 10 : 224);
			expect(out.data.every(Number.isFinite), name).toBe(true);
			expect(out.data === crop.data, name).toBe(name === 'imagenet-norm');
		}
	});
});
