import { describe, expect, it } from 'vitest';
import type { PreprocessConfig } from '../engine/config';
import { preprocess } from '../engine/preprocess';
import type { PixelSource } from '../engine/resample';
import { framed, movedRight, plainGrey, upsideDown, type Pixels } from './framed';

/** Opaque pixels, no two alike. */
function picture(width: number, height: number): Pixels {
	const data = new Uint8ClampedArray(width * height * 4);
	for (let i = 0; i < width * height; i++) data.set([(i * 37) % 256, (i * 101) % 256, i % 256, 255], 4 * i);
	return { width, height, data };
}

const source = ({ width, height, data }: Pixels): PixelSource => ({
	width,
	height,
	rows: (y0, y1) => data.subarray(y0 * width * 4, y1 * width * 4)
});

const reds = ({ data }: Pixels) => [...data].filter((_, i) => i % 4 === 0);

/** A picture given by its red channel. */
function ofReds(width: number, values: number[]): Pixels {
	return {
		width,
		height: values.length / width,
		data: Uint8ClampedArray.from(values.flatMap((value) => [value, 0, 0, 255]))
	};
}

describe('framed', () => {
	it.each([
		['a square input', { size: [24, 24], cropPct: 0.9, fit: 'shorter', interpolation: 'bicubic' }],
		['an odd frame', { size: [24, 24], cropPct: 0.875, fit: 'shorter', interpolation: 'bilinear' }],
		['an input that is not square', { size: [24, 16], cropPct: 0.8, fit: 'shorter', interpolation: 'bicubic' }],
		['no crop', { size: [24, 24], cropPct: 1, fit: 'shorter', interpolation: 'bicubic' }],
		['a squashed input', { size: [24, 16], cropPct: 0.9, fit: 'squash', interpolation: 'bicubic' }]
	] as const)('comes back from preprocessing byte for byte: %s', (_, partial) => {
		const config: PreprocessConfig = { ...partial, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] };
		const [height, width] = config.size;
		const pixels = picture(width, height);
		expect([...preprocess(source(framed(pixels, config)), config, null).seen.data]).toEqual([...pixels.data]);
	});
});

describe('upsideDown', () => {
	it('turns by half a circle, and twice is no turn', () => {
		const pixels = ofReds(3, [1, 2, 3, 4, 5, 6]);
		expect(reds(upsideDown(pixels))).toEqual([6, 5, 4, 3, 2, 1]);
		expect([...upsideDown(upsideDown(picture(5, 3))).data]).toEqual([...picture(5, 3).data]);
	});
});

it('makes an opaque grey picture of the same size', () => {
	const { width, height, data } = plainGrey(picture(2, 1));
	expect({ width, height, data: [...data] }).toEqual({
		width: 2,
		height: 1,
		data: [128, 128, 128, 255, 128, 128, 128, 255]
	});
});

describe('movedRight', () => {
	it('brings in on the left what leaves on the right', () => {
		expect(reds(movedRight(ofReds(3, [1, 2, 3, 4, 5, 6]), 1))).toEqual([3, 1, 2, 6, 4, 5]);
	});

	it('comes back after the whole width', () => {
		expect(reds(movedRight(ofReds(3, [1, 2, 3, 4, 5, 6]), 3))).toEqual([1, 2, 3, 4, 5, 6]);
		expect(reds(movedRight(ofReds(3, [1, 2, 3]), 4))).toEqual([3, 1, 2]);
	});
});
