import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../backends/node';
import { readSafetensors } from '../checkpoint/safetensors';
import { inputShape } from '../config';
import { planCheckpoint } from '../checkpoint/plan';
import { carryOut } from '../networks';
import { Model } from '../model';
import { tapSpecs, parameterSpecs } from '../families';
import { fileOf } from '../testing/checkpoint';
import {
	SWIN_SIZES,
	swinCheckpoint,
	swinConfig,
	swinPixels,
	swinTensors,
	timmSwinCheckpoint,
	type SwinSizes
} from '../testing/swin-checkpoint';
import { swinReferenceTaps } from '../testing/swin-reference';
import { runSteps } from '../run';
import { Trace } from '../trace';

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

/** By timm's rules. Its config files set no epsilon. */
const TIMM: { name: string; sizes: SwinSizes }[] = [
	{
		name: 'maps that windows do not divide, and a last one that they are larger than',
		sizes: {
			...SWIN_SIZES,
			image: [24, 48],
			eps: 1e-5,
			timm: true,
			stages: [
				{ depth: 2, heads: 1, window: 3, mlp: 7 },
				{ depth: 4, heads: 2, window: 3, mlp: 13 },
				{ depth: 2, heads: 3, window: 3, mlp: 20, cut: [2, 3] }
			]
		}
	},
	{
		name: 'maps that windows are larger than on one axis alone',
		sizes: {
			...SWIN_SIZES,
			image: [12, 30],
			eps: 1e-5,
			timm: true,
			stages: [
				{ depth: 2, heads: 2, window: 7, mlp: 9, cut: [4, 7] },
				{ depth: 2, heads: 2, window: 4, mlp: 9, cut: [2, 4] }
			]
		}
	},
	{
		name: 'what comes round beside what was there, which the mask does not keep apart',
		sizes: {
			...SWIN_SIZES,
			image: [15, 18],
			eps: 1e-5,
			timm: true,
			stages: [{ depth: 2, heads: 2, window: 4, mlp: 9 }]
		}
	}
];

describe.each(['cpu', 'wasm'] as const)('a run of a Swin on %s', (backend) => {
	beforeAll(() => useNodeBackend(backend));

	it.each([...CASES, ...TIMM])('makes every tap equal to a plain float64 computation: $name', async ({ sizes }) => {
		const files = swinCheckpoint(sizes);
		const model = Model.load(sizes.timm ? timmSwinCheckpoint(sizes) : files);
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

	it('is without relative positions as if they were all 0', async () => {
		const named = /relative_position_bias_table/;
		const tensors = swinTensors().map((t) => (named.test(t.name) ? { ...t, data: t.data.map(() => 0) } : t));
		const [model, without] = [
			Model.load(swinCheckpoint()),
			Model.load({ ...swinCheckpoint(), weights: fileOf(tensors) })
		];
		const traces = [
			await model.run(swinPixels(), { edits: [{ tap: 'parameters.stages.*.blocks.*.bias_table', do: 'zero' }] }),
			await without.run(swinPixels())
		];
		const [changed, expected] = await Promise.all(traces.map((trace) => trace.read('logits')));
		expect(changed?.data).toEqual(expected?.data);
		for (const owner of [...traces, model, without]) owner.dispose();
	});
});

describe('a Swin', () => {
	beforeAll(() => useNodeBackend('cpu'));

	it('interpolates absolute positions for another size, and refuses a size that patches do not fill', () => {
		const model = Model.load(swinCheckpoint(CASES[2]?.sizes));
		const before = tf.memory().numTensors;
		const other = model.at([24, 120]);
		const shapes = [model, other].map(({ weights }) => weights.get('parameters.pos_embed')?.shape);
		expect(shapes).toEqual([
			[8 * 16, 6],
			[8 * 40, 6]
		]);
		other.dispose();
		expect(tf.memory().numTensors).toBe(before);
		expect(() => model.at([121, 120])).toThrow('121 x 120 is none');
		model.dispose();
	});

	it('lists its parameters by name, each with its shape', () => {
		const model = Model.load(swinCheckpoint(CASES[2]?.sizes));
		const specs = parameterSpecs(model.config);
		expect(specs.map(({ name }) => name).sort()).toEqual([...model.weights.keys()].sort());
		for (const { name, shape, axes } of specs) {
			expect(model.weights.get(name)?.shape, name).toEqual(shape);
			expect(axes, name).toHaveLength(shape.length);
		}
		const sizes = specs.map(({ shape }) => shape.reduce((product, side) => product * side, 1));
		expect(sizes.reduce((sum, size) => sum + size)).toBe(model.parameters);
		model.dispose();
	});

	it(
		'runs on another size by the same weights, and gives back only what it made for it',
		{ timeout: 30_000 },
		async () => {
			const files = swinCheckpoint();
			const stored = readSafetensors(files.weights);
			const other: SwinSizes = { ...SWIN_SIZES, image: [114, 29] };
			const network = carryOut(planCheckpoint(swinConfig(), null, stored), stored);
			const loaded = tf.memory().numTensors;
			const own = network.at({ ...network.config, imageSize: other.image });
			const trace = new Trace(tapSpecs(own.config));
			const pixels = tf.tensor4d(swinPixels(other), inputShape(own.config));
			await runSteps(own.steps(new Map()), pixels, trace);
			const expected = swinReferenceTaps(stored, swinPixels(other), other).get('logits') ?? [];
			const { data } = await trace.read('logits');
			for (const [i, value] of expected.entries()) expect(data[i]).toBeCloseTo(value, 4);
			expect(expected).toHaveLength(SWIN_SIZES.classes);
			trace.dispose();
			own.dispose();
			pixels.dispose();
			expect(tf.memory().numTensors).toBe(loaded);
			network.dispose();
		}
	);
});
