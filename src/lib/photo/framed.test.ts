import { describe, expect, it } from 'vitest';
import { huggingfacePreprocess } from '../engine/checkpoint/read-preprocess';
import { timmPreprocess } from '../engine/checkpoint/timm-preprocess';
import type { PreprocessConfig } from '../engine/config';
import { preprocess } from '../engine/preprocess';
import type { PixelSource } from '../engine/pixel-source';
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

const processor = (json: object) => huggingfacePreprocess(json, [24, 24]);

describe('framed', () => {
	it('leaves out what a crop larger than any photo shows around it', () => {
		const config = processor({ do_center_crop: true, size: { height: 4, width: 4 }, crop_size: 6 });
		const { data, width, height } = framed(picture(6, 6), config);
		expect([width, height]).toEqual([4, 4]);
		expect([...data.subarray(0, 4)]).toEqual([...picture(6, 6).data.subarray(7 * 4, 8 * 4)]);
	});

	it.each([
		['a square input', timmPreprocess({ crop_pct: 0.9 }, [24, 24])],
		['an odd frame', timmPreprocess({ crop_pct: 0.875, interpolation: 'bilinear' }, [24, 24])],
		['an input that is not square', timmPreprocess({ crop_pct: 0.8 }, [24, 16])],
		['no crop', timmPreprocess({ crop_pct: 1 }, [24, 24])],
		['a squashed input', timmPreprocess({ crop_pct: 0.9, crop_mode: 'squash' }, [24, 16])],
		['a border that is cropped away', timmPreprocess({ crop_pct: 0.9, crop_mode: 'border' }, [24, 16])],
		['transformers’ centre crop', processor({ image_processor_type: 'BitImageProcessor', size: 27, crop_size: 24 })],
		['an oblong crop', processor({ do_center_crop: true, size: { shortest_edge: 9 }, crop_size: [8, 20] })],
		['no resizing', processor({ do_resize: false, do_center_crop: true, crop_size: [7, 9] })],
		['a photo of the right size', processor({ do_resize: false })],
		['a bound on the longer side', processor({ size: { shortest_edge: 30, longest_edge: 24 } })],
		['ConvNeXt’s two sizes', processor({ image_processor_type: 'ConvNextImageProcessor', size: 24 })]
	])('comes back from preprocessing byte for byte: %s', (_, config: PreprocessConfig) => {
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
