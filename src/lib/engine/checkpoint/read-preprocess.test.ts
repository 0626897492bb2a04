import { describe, expect, it } from 'vitest';
import { PatchworkError } from '../../base/errors';
import { preprocess, type Preprocessed } from '../preprocess';
import type { PixelSource } from '../pixel-source';
import { random } from '../testing/checkpoint';
import { formulaPicture } from '../testing/formula-picture';
import { diceOf, type Dice } from '../testing/mutate';
import { outcomeOf, type Plain } from '../testing/processor-reference';
import { huggingfacePreprocess } from './read-preprocess';

const SIDES = [24, 24] as const;

/** Values that a key may have, and some that it may not. */
const KEYS: Readonly<Record<string, readonly unknown[]>> = {
	do_resize: [true, false, null, 1],
	size: [
		20,
		[18, 22],
		{ height: 24, width: 24 },
		{ height: 19, width: 26 },
		{ shortest_edge: 16 },
		{ shortest_edge: 21 },
		{ shortest_edge: 20, longest_edge: 25 },
		{ max_height: 24, max_width: 30 },
		null,
		{ longest_edge: 20 },
		{ height: 20 },
		{ shortest_edge: 390 },
		'20',
		2.5
	],
	default_to_square: [true, false, null],
	resample: [0, 1, 2, 3, 4, 5, null, 6, 'bicubic'],
	do_center_crop: [true, true, false, null, 'yes'],
	crop_size: [16, [15, 20], { height: 24, width: 24 }, { height: 17, width: 30 }, null, { shortest_edge: 16 }, 0],
	crop_pct: [0.875, 0.9, 1.3, null, 0],
	use_square_size: [true, false],
	do_rescale: [true, false, null, 'false'],
	rescale_factor: [1 / 255, 1 / 127.5, 0.01, 1, null, '1/255'],
	do_normalize: [true, false, null, 0],
	image_mean: [0.5, [0.1, 0.2, 0.3], [127.5, 127.5, 127.5], null, [0.5, 0.5]],
	image_std: [0.25, [0.4, 0.5, 0.6], null, [1, 1, 0], '1'],
	do_pad: [true, false, null],
	pad_size: [{ height: 32, width: 40 }, 31, { height: 8, width: 8 }, null],
	do_convert_rgb: [true, false],
	data_format: ['channels_first'],
	do_flip_channel_order: [false, null, true]
};

const STEMS = [
	'ViT',
	'DeiT',
	'Beit',
	'Bit',
	'CLIP',
	'Siglip',
	'DINOv3ViT',
	'ConvNext',
	'Levit',
	'MobileNetV2',
	'Pvt'
] as const;

/** Model types, and the class that stands for one where the file names none. */
const TYPES: Readonly<Record<string, (typeof STEMS)[number]>> = {
	vit: 'ViT',
	vit_mae: 'ViT',
	vit_msn: 'ViT',
	ijepa: 'ViT',
	swin: 'ViT',
	deit: 'DeiT',
	dinov2: 'Bit',
	dinov2_with_registers: 'Bit'
};

interface Drawn {
	readonly json: Record<string, unknown>;
	readonly stem: (typeof STEMS)[number];
	readonly type: string;
}

const pick = <T>(dice: Dice, from: readonly T[]): T => from[dice.below(from.length)] as T;

/** A file with some of the keys, of a class by its name or of a model type. Small sizes stand for those of a class. */
function draw(dice: Dice): Drawn {
	const json: Record<string, unknown> = {};
	for (const [key, values] of Object.entries(KEYS)) {
		// A class's own sizes take a plain implementation a while.
		const isSize = key === 'size' || key === 'crop_size';
		if (isSize ? dice.below(30) === 0 : dice.below(3) > 0) continue;
		// Values that can't be followed stand last, and are to be rare enough that most files can.
		const value = pick(dice, values);
		json[key] = dice.below(3) > 0 ? pick(dice, values.slice(0, Math.ceil(values.length / 2))) : value;
	}
	if (dice.below(4) === 0) {
		const type = pick(dice, Object.keys(TYPES));
		return { json, stem: TYPES[type] ?? 'ViT', type };
	}
	const stem = pick(dice, STEMS);
	const [key, suffix] = pick(dice, [
		['image_processor_type', 'ImageProcessor'],
		['image_processor_type', 'ImageProcessorFast'],
		['feature_extractor_type', 'FeatureExtractor']
	] as const);
	return { json: { ...json, [key]: stem + suffix }, stem, type: pick(dice, ['vit', 'dinov2']) };
}

function plainOf(source: PixelSource): Plain {
	const { width, height } = source;
	const data = source.rows(0, height);
	const at = (y: number, x: number) => [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)];
	return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => at(y, x)));
}

function tried(run: () => Preprocessed): Preprocessed | PatchworkError {
	try {
		return run();
	} catch (error) {
		if (error instanceof PatchworkError) return error;
		throw error;
	}
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) => Buffer.from(buffer, byteOffset, byteLength);

function colourAt({ data, width }: Preprocessed['seen'], y: number, x: number): number[] {
	const at = 4 * (y * width + x);
	return [...data.subarray(at, at + 3)];
}

/** What both make of a file and a photo. @returns what happened, for counting */
function compare({ json, stem, type }: Drawn, source: PixelSource): 'followed' | 'refused' | 'unfit' {
	const flips = json.do_flip_channel_order === true;
	const outcome = flips ? { refused: 'do_flip_channel_order' } : outcomeOf(json, stem, plainOf(source));
	const result = tried(() => preprocess(source, huggingfacePreprocess(json, SIDES, type), null));
	if ('refused' in outcome) {
		expect(result).toMatchObject({ code: 'config' });
		const { message } = result as PatchworkError;
		const named = Object.keys(json).filter((key) => message.includes(`has '${key}`));
		expect(named, message).toHaveLength(1);
		const cut = JSON.stringify(json[named[0] ?? ''])?.slice(0, 60) ?? '';
		expect(message.includes(cut) || message.includes(`'${named[0]}.`), message).toBe(true);
		return 'refused';
	}
	if (result instanceof PatchworkError) {
		expect(result).toMatchObject({ code: 'photo' });
		expect(outcome.fixed, result.message).toBe(false);
		expect(result.message).toContain(outcome.size.join(' x '));
		return 'unfit';
	}
	const { seen, pixelValues, crop } = result;
	expect([seen.height, seen.width]).toEqual(outcome.size);
	// Compared as bytes: an expectation for each of millions of numbers takes minutes.
	expect(Buffer.compare(bytesOf(pixelValues), bytesOf(outcome.values))).toBe(0);
	const shown = outcome.seen.flatMap((row, y) => row.flatMap((_, x) => colourAt(seen, y, x)));
	expect(Buffer.compare(Buffer.from(shown), Buffer.from(outcome.seen.flat(2)))).toBe(0);
	expect(Object.values(crop).every(Number.isFinite)).toBe(true);
	return 'followed';
}

describe('a processor’s file', () => {
	it.each([20, 21, 22])('is followed to the last bit, or refused by a key and its value (seed %i)', (seed) => {
		const dice = diceOf(random(seed));
		const counts = { followed: 0, refused: 0, unfit: 0 };
		for (let round = 0; round < 100; round++) {
			const width = 12 + dice.below(24);
			const drawn = draw(dice);
			const height = dice.below(2) === 0 ? width : 12 + dice.below(24);
			try {
				counts[compare(drawn, formulaPicture([width, height]))]++;
			} catch (error) {
				throw new Error(`Round ${round}: ${JSON.stringify(drawn)} of ${width} x ${height}`, { cause: error });
			}
		}
		expect(counts.followed).toBeGreaterThan(30);
		expect(counts.refused).toBeGreaterThan(15);
		expect(counts.unfit).toBeGreaterThan(1);
	});
});

const HALVES = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] };
const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
const CLIP = { mean: [0.48145466, 0.4578275, 0.40821073], std: [0.26862954, 0.26130258, 0.27577711] };
const square = (side: number) => [side, side];
const squash = (side: number) => ({ rule: 'squash', to: square(side) });
const shorter = (edge: number) => ({ rule: 'shorter', edge, longest: null });

describe('what a class does by itself', () => {
	it.each([
		['ViT', { resize: squash(224), crops: [], interpolation: 'bilinear', ...HALVES }],
		['DeiT', { resize: squash(256), crops: [square(224)], interpolation: 'bicubic', ...HALVES }],
		['Beit', { resize: squash(224), crops: [], interpolation: 'bicubic', ...HALVES }],
		['Bit', { resize: shorter(224), crops: [square(224)], interpolation: 'bicubic', ...CLIP }],
		['CLIP', { resize: shorter(224), crops: [square(224)], interpolation: 'bicubic', ...CLIP }],
		['Siglip', { resize: squash(224), crops: [], interpolation: 'bicubic', ...HALVES }],
		['DINOv3ViT', { resize: squash(224), crops: [], interpolation: 'bilinear', ...IMAGENET }],
		['ConvNext', { resize: squash(384), crops: [], interpolation: 'bicubic', ...HALVES }],
		['Levit', { resize: shorter(256), crops: [square(224)], interpolation: 'bicubic', ...IMAGENET }],
		['MobileNetV2', { resize: shorter(256), crops: [square(224)], interpolation: 'bilinear', ...HALVES }],
		['Pvt', { resize: squash(224), crops: [], interpolation: 'bicubic', ...IMAGENET }]
	])('%s', (stem, expected) => {
		const read = (name: string, key = 'image_processor_type') => huggingfacePreprocess({ [key]: name }, SIDES, 'deit');
		const config = read(`${stem}ImageProcessor`);
		expect(config).toMatchObject({ ...expected, rescale: 1 / 255, rounding: 'floor' });
		expect(read(`${stem}ImageProcessorFast`)).toEqual(config);
		expect(read(`${stem}FeatureExtractor`, 'feature_extractor_type')).toEqual(config);
	});

	it.each([
		['vit', { resize: squash(24), crops: [] }],
		['swin', { resize: squash(24), crops: [] }],
		['deit', { resize: squash(27), crops: [square(24)] }],
		['dinov2', { resize: shorter(24), crops: [square(24)], ...CLIP }]
	])('stands for a %s without a file, at the model’s own size', (type, expected) => {
		expect(huggingfacePreprocess(null, SIDES, type)).toMatchObject({ size: SIDES, ...expected });
	});

	it('is refused where its rules are not known', () => {
		for (const name of ['DPTImageProcessor', 'ViT', 'constructorImageProcessor', 7])
			expect(() => huggingfacePreprocess({ image_processor_type: name }, SIDES)).toThrow(
				`'image_processor_type' = ${JSON.stringify(name)}`
			);
		expect(() => huggingfacePreprocess([], SIDES)).toThrow('preprocessor_config.json is not a JSON object');
	});
});
