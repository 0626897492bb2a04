import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { preprocessAt } from '../cuts';
import { preprocess } from '../preprocess';
import { digest, formulaPicture } from '../testing/formula-picture';
import { timmPreprocess } from './timm-preprocess';

type Sides = readonly [number, number];

/**
 * For the formula's picture of a width and a height, an input's height and width, `crop_pct`, `crop_mode` and
 * `interpolation`: the first 16 digits of the SHA-256 of the RGB bytes and of the float32 input, by the steps of timm's
 * evaluation transform with torchvision 0.14.1 and Pillow 9.4; ImageNet’s mean and deviation.
 */
const TORCHVISION: readonly (readonly [Sides, Sides, number, string, string, string, string])[] = [
	[[61, 43], [16, 16], 0.9, 'center', 'bicubic', 'b82316551250b93b', '34b6cb7fc9d17aab'],
	[[43, 61], [16, 16], 0.875, 'center', 'lanczos', '289fecc5136991e0', '09bee455be3496cc'],
	[[61, 43], [16, 24], 0.9, 'center', 'bicubic', '7f1090c552d9c8ec', 'a4fb322040c4e7e0'],
	[[61, 43], [24, 16], 0.8, 'center', 'lanczos', '90c4ab38c244d199', '4aae390289cc94ad'],
	[[61, 43], [16, 16], 1.4, 'center', 'bicubic', 'd858fd343747b753', '24d931b5cfc729eb'],
	[[43, 61], [17, 17], 1.3, 'center', 'box', '362b5c19a158d8ba', 'c8d79ff5a8a9c72d'],
	[[61, 43], [16, 24], 0.9, 'squash', 'hamming', '14bfd8a3417032bd', 'b269ba6765c66a16'],
	[[61, 43], [16, 16], 1.2, 'squash', 'nearest', 'f948578ce61fc034', '06cc530c6b608105'],
	[[61, 43], [16, 16], 1.0, 'border', 'bicubic', '6385af662cd9ed10', 'bba79c3ef6bfa05a'],
	[[43, 61], [16, 16], 0.95, 'border', 'bilinear', '45c58efac23ef0f2', 'b4d2b5ef5efb88de'],
	[[61, 43], [24, 16], 0.8, 'border', 'bicubic', 'b52a290acb6b9743', '8a966a34adf8da29'],
	[[33, 90], [15, 22], 1.3, 'border', 'bicubic', '95c12f86c961ced1', '0d48c25ccf42ab9f']
];

const hash = (values: Float32Array) => createHash('sha256').update(new Uint8Array(values.buffer)).digest('hex');

describe('timm’s preprocessing', () => {
	it.each(TORCHVISION)(
		'of %j for %j at %d, %s, %s, is that of torchvision',
		(photo, size, pct, mode, filter, ...wanted) => {
			const config = timmPreprocess({ crop_pct: pct, crop_mode: mode, interpolation: filter }, size);
			const { seen, pixelValues } = preprocess(formulaPicture(photo), config, null);
			expect([digest(seen.data), hash(pixelValues).slice(0, 16)]).toEqual(wanted);
		}
	);

	it('takes its defaults where a key is left out, null, or nothing', () => {
		const defaults = timmPreprocess({}, [224, 224]);
		expect(defaults).toMatchObject({
			resize: { rule: 'shorter', edge: 256 },
			interpolation: 'bicubic',
			mean: [0.485, 0.456, 0.406],
			std: [0.229, 0.224, 0.225]
		});
		const empty = { crop_pct: 0, interpolation: '', mean: [], std: null, crop_mode: null };
		expect(timmPreprocess(empty, [224, 224])).toEqual(defaults);
	});

	it('takes one number for all channels', () => {
		expect(timmPreprocess({ mean: [0.5], std: 0.25 }, [8, 8])).toMatchObject({
			mean: [0.5, 0.5, 0.5],
			std: [0.25, 0.25, 0.25]
		});
	});

	it('knows what changes no pixel, and no other way to crop than timm does', () => {
		const said = { fixed_input_size: true, test_input_size: [3, 288, 288], test_crop_pct: 1, num_classes: 5 };
		expect(timmPreprocess({ ...said, crop_mode: 'centre' }, [8, 8])).toEqual(timmPreprocess({}, [8, 8]));
	});

	it.each([
		[{ interpolation: 'random' }, `'interpolation' = "random"`],
		[{ interpolation: 3 }, `'interpolation' = 3`],
		[{ crop_pct: -1 }, `'crop_pct' = -1`],
		[{ crop_pct: 9 }, `'crop_pct' = 9`],
		[{ crop_pct: '1' }, `'crop_pct' = "1"`],
		[{ mean: [0.5, 0.5] }, `'mean' = [0.5,0.5]`],
		[{ std: [1, 0, 1] }, `'std' = [1,0,1]`]
	])('refuses %j by name', (file, says) => {
		expect(() => timmPreprocess(file, [8, 8])).toThrow(says);
	});

	it('keeps what the file says of a part of the photo at any size', () => {
		const config = timmPreprocess({ crop_pct: 0.9 }, [224, 224]);
		expect(preprocessAt(config, [448, 448])).toEqual(timmPreprocess({ crop_pct: 0.9 }, [448, 448]));
		const oblong = timmPreprocess({ crop_pct: 0.9, crop_mode: 'border' }, [64, 96]);
		expect(preprocessAt(oblong, [128, 112])).toEqual(
			timmPreprocess({ crop_pct: 0.9, crop_mode: 'border' }, [128, 112])
		);
	});
});
