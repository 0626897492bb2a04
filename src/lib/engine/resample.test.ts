import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PixelSource } from './pixel-source';
import { resample, type AxisPlan, type Interpolation } from './resample';
import { digest, formulaPicture } from './testing/formula-picture';

type Box = readonly [left: number, top: number, right: number, bottom: number];
type Size = readonly [width: number, height: number];

function constantPicture(width: number, height: number, colour: readonly number[]): PixelSource {
	return {
		width,
		height,
		rows: (y0, y1) => Uint8ClampedArray.from({ length: (y1 - y0) * width * 4 }, (_, i) => colour[i % 4] ?? 0)
	};
}

function whole(size: number, from: number, to: number): AxisPlan {
	return { from: { start: from, length: to - from }, size, part: { start: 0, length: size } };
}

function resize(
	source: PixelSource,
	[w, h]: Size,
	box: Box | null,
	filter: Interpolation,
	bandBytes?: number
): Uint8ClampedArray {
	const [left, top, right, bottom] = box ?? [0, 0, source.width, source.height];
	return resample(source, whole(w, left, right), whole(h, top, bottom), filter, bandBytes);
}

const FILTERS: readonly Interpolation[] = ['bicubic', 'bilinear', 'nearest', 'lanczos', 'box', 'hamming'];

/**
 * The first 16 digits of the SHA-256 of the RGB bytes that Pillow 9.4 gives for the formula's picture, by
 * `image.resize(size, filter, box=box)`, in the order of {@link FILTERS}: shrunk, enlarged, one side kept, sides of one
 * pixel, a fractional box, a box at the far corner, and one so far to the right that single precision shows.
 */
const PILLOW: readonly (readonly [Size, Size, Box | null, readonly string[]])[] = [
	[
		[61, 43],
		[20, 30],
		null,
		[
			'7de1f4c2f9a957c7',
			'470cc26c99de2451',
			'a14c9a208e47211e',
			'b96d50b3efc805cf',
			'92d6629470ad7ccd',
			'74b5f789327bc8a6'
		]
	],
	[
		[61, 43],
		[200, 150],
		null,
		[
			'610bd35dd7fea2bc',
			'14dbf9c19081f193',
			'918d61ddac16618b',
			'504538e8dd9b9993',
			'918d61ddac16618b',
			'eb058d67579835cf'
		]
	],
	[
		[17, 90],
		[17, 33],
		null,
		[
			'c116481dc209762d',
			'8e22793c4e6090cf',
			'a0a82b5eeacfc9f8',
			'a4f597239e29f93d',
			'4330a67dede654e3',
			'1afc775b9c0232fa'
		]
	],
	[
		[1, 40],
		[8, 8],
		null,
		[
			'0fde752047660714',
			'64f32d26e2895974',
			'bef1c5086c8c4730',
			'5dc48fe0f1ec4661',
			'2e6238263ece61e3',
			'a8e3cd166c88b60e'
		]
	],
	[
		[40, 1],
		[3, 5],
		null,
		[
			'fc60d378e04cf104',
			'72c3fc3e53d8dfa8',
			'b0aa1b8c22f61202',
			'4f919dfd69573cbf',
			'b51149bf06b4d4aa',
			'043413abab885b15'
		]
	],
	[
		[1, 1],
		[4, 4],
		null,
		[
			'eff744b986becb76',
			'eff744b986becb76',
			'eff744b986becb76',
			'eff744b986becb76',
			'eff744b986becb76',
			'eff744b986becb76'
		]
	],
	[
		[61, 43],
		[24, 24],
		[3.25, 7.7, 31.9, 36.35],
		[
			'df846f6776f6c279',
			'f303ebf591a96e97',
			'd887f55eb09bc99d',
			'378594c88c26cfc6',
			'38822510bb832b76',
			'611ef52940bd22c9'
		]
	],
	[
		[61, 43],
		[64, 64],
		[50.1, 30.3, 61, 43],
		[
			'77accde56b467ab0',
			'2855d61a74382bca',
			'7044356c8a7bb187',
			'f300448fe96a5d78',
			'7044356c8a7bb187',
			'9047b5be255c7473'
		]
	],
	[
		[300, 200],
		[16, 16],
		[0, 0, 300, 200],
		[
			'c28712752d0039a0',
			'0cef2aa3a9daaa08',
			'1a4cf4789ebeee3c',
			'bbafd8b3024ba65b',
			'5009ea33f06cd1eb',
			'51e656e6530b7725'
		]
	],
	[
		[61, 43],
		[61, 43],
		null,
		[
			'5480a17b5faf2c3e',
			'5480a17b5faf2c3e',
			'5480a17b5faf2c3e',
			'5480a17b5faf2c3e',
			'5480a17b5faf2c3e',
			'5480a17b5faf2c3e'
		]
	],
	[
		[3000, 20],
		[900, 60],
		[2345.678, 1.1, 2399.123, 17.7],
		[
			'bd0829e5bf11f288',
			'cff24ff2b175e642',
			'59fc9b56e908bf50',
			'9fe2b31f45002001',
			'59fc9b56e908bf50',
			'babf85c93ba89de5'
		]
	]
];

afterEach(() => vi.restoreAllMocks());

describe('resample', () => {
	it.each(PILLOW)('gives the bytes of Pillow for %j to %j, box %j', (from, to, box, digests) => {
		const picture = formulaPicture(from);
		expect(FILTERS.map((filter) => digest(resize(picture, to, box, filter)))).toEqual(digests);
	});

	it.each(PILLOW)('gives them without WebAssembly, too, for %j to %j, box %j', (from, to, box, digests) => {
		const picture = formulaPicture(from);
		const noMemory = vi.spyOn(WebAssembly, 'Memory').mockImplementation(function () {
			throw new RangeError('There is no memory.');
		});
		expect(FILTERS.map((filter) => digest(resize(picture, to, box, filter)))).toEqual(digests);
		// All but the one that is no convolution.
		expect(noMemory).toHaveBeenCalledTimes(FILTERS.length - 1);
	});

	it.each(FILTERS)('leaves a picture of the wanted size as it is, and makes it opaque: %s', (filter) => {
		const picture = formulaPicture([9, 7]);
		const expected = picture.rows(0, 7).map((value, i) => (i % 4 === 3 ? 255 : value));
		expect(resize(picture, [9, 7], null, filter)).toEqual(expected);
	});

	it.each([3, 40])('keeps one colour at %i pixels, edges included', (size) => {
		const out = resize(constantPicture(11, 13, [0, 200, 255, 255]), [size, size], null, 'bicubic');
		expect(new Set(Array.from({ length: size * size }, (_, i) => out.subarray(4 * i, 4 * i + 4).join()))).toEqual(
			new Set(['0,200,255,255'])
		);
	});

	it.each([1, 61 * 4, 61 * 4 * 7, 61 * 4 * 43])('does not depend on the size of the bands: %i bytes', (bandBytes) => {
		const size: Size = [61, 43];
		for (const filter of ['bicubic', 'nearest'] as const) {
			const expected = resize(formulaPicture(size), [20, 57], null, filter);
			expect(resize(formulaPicture(size), [20, 57], null, filter, bandBytes)).toEqual(expected);
		}
	});

	it('asks for every row it needs once, in order, in bands of the given size', () => {
		const picture = formulaPicture([10, 25]);
		resize(picture, [5, 5], null, 'bilinear', 10 * 10 * 4);
		expect(picture.asked).toEqual([
			[0, 10],
			[10, 20],
			[20, 25]
		]);
	});

	it('computes a part as that part of the whole, and reads no row that only the rest needs', () => {
		const all = resize(formulaPicture([100, 80]), [50, 40], null, 'bicubic');
		const nearest = resize(formulaPicture([100, 80]), [50, 40], null, 'nearest');
		const picture = formulaPicture([100, 80]);
		const columns = { ...whole(50, 0, 100), part: { start: 10, length: 3 } };
		const rows = { ...whole(40, 0, 80), part: { start: 20, length: 2 } };
		const expected = [20, 21].flatMap((y) => [...all.subarray((y * 50 + 10) * 4, (y * 50 + 13) * 4)]);
		expect([...resample(picture, columns, rows, 'bicubic')]).toEqual(expected);
		expect([...resample(formulaPicture([100, 80]), columns, rows, 'nearest')]).toEqual(
			[20, 21].flatMap((y) => [...nearest.subarray((y * 50 + 10) * 4, (y * 50 + 13) * 4)])
		);
		// The window of output row 20 starts 4 source pixels above its centre at 41, that of row 21 ends 4 below 43.
		expect(picture.asked).toEqual([[37, 47]]);
	});
});
