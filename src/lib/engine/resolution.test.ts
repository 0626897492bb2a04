import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from './backends/node';
import { asViT, tapSpecs } from './families';
import { tokenCount } from './vit/config';
import { Model } from './model';
import { interpolate } from './positions';
import { bytesNeeded, bytesOfRun, resized, resolutionsOf } from './resolution';
import { SMALL_CONFIG } from './testing/small';
import { pixelValues, SIZES, timmCheckpoint, timmTensors } from './testing/checkpoint';

describe('the sizes that a model can run at', () => {
	it('are whole patches from 112 to 448 pixels, and its own', () => {
		const sizes = resolutionsOf({ ...SMALL_CONFIG, patchSize: 14, imageSize: [518, 518] });
		expect([sizes[0], sizes[1], sizes.at(-2), sizes.at(-1)]).toEqual([112, 126, 448, 518].map((side) => [side, side]));
		expect(resolutionsOf({ ...SMALL_CONFIG, patchSize: 16, imageSize: [224, 224] })).toHaveLength(22);
		expect(resolutionsOf({ ...SMALL_CONFIG, patchSize: 32, imageSize: [224, 192] }).slice(0, 4)).toEqual([
			[128, 128],
			[160, 160],
			[192, 192],
			[224, 192]
		]);
	});

	it('stop where one run would not fit into memory', () => {
		const small8 = {
			...SMALL_CONFIG,
			patchSize: 8,
			imageSize: [224, 224],
			depth: 12,
			heads: 6,
			dim: 384,
			mlpDim: 1536
		} as const;
		// Scores and weights of 12 blocks of 6 heads alone, at 56 x 56 patches and CLS.
		expect(bytesOfRun(resized(small8, [224, 224]))).toBeGreaterThan(2 * 12 * 6 * 785 ** 2 * 4);
		// All of them are 6 GB at 448 pixels, of which no run has to keep more than 60 MB, nor to make more than 580 MB at once.
		expect(bytesOfRun(resized(small8, [448, 448]))).toBeGreaterThan(6e9);
		expect(bytesNeeded(resized(small8, [448, 448]))).toBeLessThan(700e6);
		expect(resolutionsOf(small8).at(-1)).toEqual([448, 448]);
		const small4 = { ...small8, patchSize: 4 };
		expect(resolutionsOf(small4).at(-1)).toEqual([312, 312]);
		expect(() => resized(small4, [448, 448])).toThrow(/One run at 448 x 448 pixels would take 8.\d GB/);
	});
});

describe('a model at another size', () => {
	let model: Model;
	beforeAll(async () => {
		await useNodeBackend('cpu');
		model = Model.load(timmCheckpoint());
		return () => model.dispose();
	});

	it.each([[[21, 21]], [[110, 110]], [[455, 455]], [[NaN, 112]], [[0, 0]], [[1e9, 1e9]]] as const)(
		'refuses %j, and leaves nothing behind',
		(size) => {
			const before = tf.memory().numTensors;
			expect(() => model.at(size)).toThrow(/runs on 112 to 448 pixels a side, in steps of 5/);
			expect(tf.memory().numTensors).toBe(before);
		}
	);

	it('says so in its configuration, and keeps the rest', () => {
		const wide = resized(model.config, [115, 120]);
		expect(wide.imageSize).toEqual([115, 120]);
		expect(wide.preprocess.size).toEqual([115, 120]);
		expect({ ...wide, imageSize: 0, preprocess: 0 }).toEqual({ ...model.config, imageSize: 0, preprocess: 0 });
	});

	it('runs by the same weights, with its positions interpolated', async () => {
		const before = tf.memory().numTensors;
		const larger = model.at([115, 120]);
		expect(tf.memory().numTensors).toBe(before + 1);
		const config = asViT(larger.config);
		const pixels = Float32Array.from({ length: 3 * 115 * 120 }, (_, i) => Math.sin(i));
		const trace = await larger.run(pixels);
		for (const { name, shape } of tapSpecs(config)) expect((await trace.read(name)).shape, name).toEqual(shape);
		const { data, shape } = await larger.read(trace, 'parameters.pos_embed');
		expect(shape).toEqual([tokenCount(config), SIZES.dim]);
		const stored = timmTensors().find(({ name }) => name === 'pos_embed')?.data ?? new Float32Array();
		const patches = interpolate(stored.subarray(SIZES.dim), SIZES.dim, [4, 4], [23, 24], 'antialiased');
		expect(data.subarray(0, SIZES.dim)).toEqual(stored.subarray(0, SIZES.dim));
		expect(data.subarray(SIZES.dim)).toEqual(patches);
		trace.dispose();
		larger.dispose();
		expect(tf.memory().numTensors).toBe(before);
	});

	it('leaves the model that it is of as it was', async () => {
		const logits = async () => {
			const trace = await model.run(pixelValues(), { taps: (name) => name === 'logits' });
			const { data } = await trace.read('logits');
			trace.dispose();
			return data;
		};
		const first = await logits();
		model.at([120, 120]).dispose();
		expect(await logits()).toEqual(first);
		const same = model.at(model.config.imageSize);
		expect(same.weights.get('parameters.pos_embed')?.shape).toEqual([1 + 16, SIZES.dim]);
		same.dispose();
	});
});
