import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../backends/node';
import { readSafetensors } from '../checkpoint/safetensors';
import { Model } from '../model';
import { tapSpecs } from '../taps';
import { SWIN_SIZES, swinCheckpoint, swinPixels, type SwinSizes } from '../testing/swin-checkpoint';
import { swinReferenceTaps } from '../testing/swin-reference';

const CASES: { name: string; sizes: SwinSizes }[] = [
	{ name: 'maps that nothing divides, the last one smaller than a window', sizes: SWIN_SIZES },
	{
		name: 'one window over the whole map, from the start',
		sizes: { ...SWIN_SIZES, image: [9, 12], stages: [{ depth: 2, heads: 2, window: 7, mlp: 9 }] }
	},
	{
		name: 'maps that windows divide, absolute positions, no bias in query, key and value',
		sizes: {
			...SWIN_SIZES,
			image: [24, 48],
			stages: [
				{ depth: 2, heads: 2, window: 4, mlp: 12 },
				{ depth: 2, heads: 4, window: 2, mlp: 5 }
			],
			qkvBias: false,
			absolutePositions: true
		}
	},
	{
		name: 'windows of one token',
		sizes: { ...SWIN_SIZES, image: [7, 8], stages: [{ depth: 2, heads: 3, window: 1, mlp: 4 }] }
	}
];

describe.each(['cpu', 'wasm'] as const)('a run of a Swin on %s', (backend) => {
	beforeAll(() => useNodeBackend(backend));

	it.each(CASES)('makes every tap equal to a plain float64 computation: $name', async ({ sizes }) => {
		const files = swinCheckpoint(sizes);
		const model = Model.load(files);
		const trace = await model.run(swinPixels(sizes));
		const expected = swinReferenceTaps(readSafetensors(files.weights), swinPixels(sizes), sizes);
		const specs = tapSpecs(model.config);
		expect(trace.names.sort()).toEqual(specs.map(({ name }) => name).sort());
		for (const { name, shape } of specs) {
			const tap = await trace.read(name);
			const truth = expected.get(name) ?? [];
			const largest = Math.max(...truth.map(Math.abs));
			const difference = Math.max(...truth.map((value, i) => Math.abs(value - (tap.data[i] ?? NaN))));
			expect(tap.shape, name).toEqual(shape);
			expect(tap.data.length, name).toBe(truth.length);
			expect(difference / largest, name).toBeLessThan(1e-5);
		}
		trace.dispose();
		model.dispose();
	});

	it('leaves no tensor behind, cancelled or not', async () => {
		const before = tf.memory().numTensors;
		const model = Model.load(swinCheckpoint());
		const loaded = tf.memory().numTensors;
		(await model.run(swinPixels())).dispose();
		expect(tf.memory().numTensors).toBe(loaded);
		(await model.run(swinPixels(), { taps: (name) => name === 'stages.1.merge' })).dispose();
		expect(tf.memory().numTensors).toBe(loaded);
		const blocks = SWIN_SIZES.stages.reduce((sum, { depth }) => sum + depth, 0);
		for (const last of [1, 3, blocks]) {
			const pause = (done: number) => {
				if (done === last) throw new Error('enough');
			};
			await expect(model.run(swinPixels(), { pause })).rejects.toThrow('enough');
			expect(tf.memory().numTensors).toBe(loaded);
		}
		model.dispose();
		expect(tf.memory().numTensors).toBe(before);
	});
});
