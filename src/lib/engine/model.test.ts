import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from './backends/node';
import { readSafetensors } from './checkpoint/safetensors';
import { Model } from './model';
import { tapSpecs } from './families';
import { fileOf, pixelValues, roundedToHalves, SIZES, timmCheckpoint, timmTensors } from './testing/checkpoint';
import { referenceTaps } from './testing/reference';

/** The file's tensors after a change. */
function changed(change: (tensors: ReturnType<typeof timmTensors>) => ReturnType<typeof timmTensors>) {
	return { ...timmCheckpoint(), weights: fileOf(change(timmTensors())) };
}

describe('a checkpoint that does not fit', () => {
	beforeAll(() => useNodeBackend('cpu'));

	it.each<[string, ReturnType<typeof changed>, RegExp]>([
		[
			'a missing weight',
			changed((all) => all.filter(({ name }) => name !== 'blocks.1.mlp.fc2.bias')),
			/lacks 'blocks.1.mlp.fc2.bias'/
		],
		[
			'an extra weight',
			changed((all) => [...all, { name: 'extra', shape: [1], data: Float32Array.of(1) }]),
			/has 'extra', which/
		],
		[
			'a weight of a wrong shape',
			changed((all) => all.map((t) => (t.name === 'norm.bias' ? { ...t, shape: [14], data: t.data.slice(0, 14) } : t))),
			/'norm.bias' has the shape \[14\], and the model needs \[15\]/
		],
		[
			'a position too many',
			changed((all) => all.map((t) => (t.name === 'pos_embed' ? { ...t, shape: [1, 15, 17] } : t))),
			/'pos_embed' has the shape/
		]
	])('%s is refused and leaves nothing behind', (_, files, says) => {
		const before = tf.memory().numTensors;
		expect(() => Model.load(files)).toThrow(says);
		expect(tf.memory().numTensors).toBe(before);
	});
});

it('refuses a config that is no object', () => {
	expect(() => Model.load({ ...timmCheckpoint(), config: [] })).toThrow('not a JSON object');
});

describe.each(['cpu', 'wasm'] as const)('a run on %s', (backend) => {
	beforeAll(() => useNodeBackend(backend));

	it('makes every tap that the family lists, with its shape, equal to a plain float64 computation', async () => {
		const files = timmCheckpoint();
		const model = Model.load(files);
		const trace = await model.run(pixelValues());
		const expected = referenceTaps(readSafetensors(files.weights), pixelValues(), SIZES);
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

	it('makes of a float16 file what the same numbers give as float32, and reads its weights alike', async () => {
		const { halves, floats } = roundedToHalves(timmCheckpoint().weights);
		const read = async (weights: ArrayBuffer) => {
			const model = Model.load({ ...timmCheckpoint(), weights });
			const trace = await model.run(pixelValues());
			const names = ['logits', 'parameters.blocks.0.qkv.weight', 'parameters.head.weight'];
			const taps = await Promise.all(names.map((name) => model.read(trace, name)));
			trace.dispose();
			model.dispose();
			return taps;
		};
		expect(await read(halves)).toEqual(await read(floats));
	});

	it('leaves no tensor behind', async () => {
		const before = tf.memory().numTensors;
		const model = Model.load(timmCheckpoint());
		const loaded = tf.memory().numTensors;
		const trace = await model.run(pixelValues());
		await trace.read('logits');
		trace.dispose();
		expect(tf.memory().numTensors).toBe(loaded);
		(await model.run(pixelValues(), { taps: (name) => name === 'logits' })).dispose();
		expect(tf.memory().numTensors).toBe(loaded);
		model.dispose();
		expect(tf.memory().numTensors).toBe(before);
	});

	it('keeps only the taps that were asked for', async () => {
		const model = Model.load(timmCheckpoint());
		const trace = await model.run(pixelValues(), { taps: (name) => /\.key$|^norm$/.test(name) });
		expect(trace.names).toEqual(['blocks.0.key', 'blocks.1.key', 'norm']);
		await expect(trace.read('logits')).rejects.toThrow("did not keep its tap 'logits'");
		trace.dispose();
		model.dispose();
	});

	it('hands out copies', async () => {
		const model = Model.load(timmCheckpoint());
		const trace = await model.run(pixelValues());
		(await trace.read('logits')).data.fill(99);
		expect((await trace.read('logits')).data).not.toContain(99);
		trace.dispose();
		model.dispose();
	});

	it('can be cancelled after any block and leaves nothing behind', async () => {
		const model = Model.load(timmCheckpoint());
		const before = tf.memory().numTensors;
		for (const last of [1, SIZES.depth]) {
			const pause = (done: number) => {
				if (done === last) throw new Error('enough');
			};
			await expect(model.run(pixelValues(), { pause })).rejects.toThrow('enough');
			expect(tf.memory().numTensors).toBe(before);
		}
		model.dispose();
	});

	it('refuses an input of another size', async () => {
		const model = Model.load(timmCheckpoint());
		const before = tf.memory().numTensors;
		await expect(model.run(new Float32Array(12))).rejects.toThrow('1 x 3 x 20 x 20 numbers, and got 12');
		expect(tf.memory().numTensors).toBe(before);
		model.dispose();
	});

	it('works without a head', async () => {
		const headless = changed((all) => all.filter(({ name }) => !name.startsWith('head.')));
		const model = Model.load(headless);
		const trace = await model.run(pixelValues());
		expect(model.config.classes).toBe(0);
		expect(trace.names).toContain('norm');
		expect(trace.names).not.toContain('logits');
		trace.dispose();
		model.dispose();
	});
});
