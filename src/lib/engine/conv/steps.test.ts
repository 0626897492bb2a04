import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../backends/node';
import { planCheckpoint } from '../checkpoint/plan';
import { readSafetensors } from '../checkpoint/safetensors';
import { inputShape } from '../config';
import type { Edit } from '../edits/edit';
import { anatomyOf, parameterSpecs, tapSpecs } from '../families';
import type { MapPlace } from '../gradients';
import { keepAsked } from '../keep';
import { Model, type CheckpointFiles } from '../model';
import { carryOut } from '../networks';
import { convPixels, mobileNetCheckpoint, resNetCheckpoint } from '../testing/conv-checkpoint';
import type { TapSpec } from '../tap';
import { Trace } from '../trace';

/**
 * `even`: the same for pictures that the strides divide. Where they don't, tfjs (4.22) takes the gradient of a mean of
 * squares for that of whole ones, also at the edge; `ops/convolution-back.test.ts` has what becomes of it there.
 */
const CASES: readonly { name: string; files: CheckpointFiles; even: CheckpointFiles }[] = [
	{ name: 'a ResNet', files: resNetCheckpoint(), even: resNetCheckpoint([32, 64]) },
	{ name: 'a MobileNetV2', files: mobileNetCheckpoint(), even: mobileNetCheckpoint() },
	{
		name: 'a MobileNetV2 with its zeros on one side',
		files: mobileNetCheckpoint({ pad_type: 'same' }),
		even: mobileNetCheckpoint({ pad_type: 'same' })
	}
];
const CLASS = 2;

/** A pass in which one tap has something added to it, by ops that tfjs can follow back. */
class Moved extends Trace {
	/** The tap whose number moves, as it was made. */
	made: tf.Tensor = tf.zeros([0, 0]);

	constructor(
		config: Model['config'],
		private readonly moved: string,
		private readonly by: tf.Tensor,
		private readonly raised: string | null,
		private readonly measured: string
	) {
		super(
			tapSpecs(config),
			keepAsked(() => false)
		);
	}

	override tap<T extends tf.Tensor>(name: string, tensor: T): T {
		const edited = name === this.raised ? (tf.add(tensor, 1) as T) : tensor;
		const made = name === this.moved ? (tf.add(edited, tf.reshape(this.by, edited.shape)) as T) : edited;
		if (name === this.measured) this.made = made;
		return made;
	}
}

/**
 * The gradient of a number with respect to a tap, as tfjs finds it.
 * @param raised a tap that an edit adds 1 to
 * @param of the number: the sum over the channels at a place of a map or, by default, a logit
 */
function followed(
	files: CheckpointFiles,
	pixels: Float32Array,
	{ name: tap, shape }: Pick<TapSpec, 'name' | 'shape'>,
	raised: string | null = null,
	of: MapPlace | null = null
): Float32Array {
	const stored = readSafetensors(files.weights);
	const network = carryOut(planCheckpoint(files.config, files.preprocessor, stored), stored);
	const { config } = network;
	const gradient = tf.tidy(() => {
		const { embed, middle, classify } = network.steps(new Map());
		const slope = tf.grad((by) => {
			const trace = new Moved(config, tap, by, raised, of?.from ?? 'logits');
			let x = embed(tf.tensor4d(pixels, inputShape(config)), trace);
			for (const step of middle) x = step.pass(x, trace);
			classify(x, trace);
			return tf.sum(of ? tf.slice(trace.made, [of.token, 0], [1, -1]) : tf.slice(trace.made, [0, CLASS], [1, 1]));
		});
		return slope(tf.zeros([...shape])).dataSync<'float32'>();
	});
	network.dispose();
	return gradient;
}

/** The largest difference, as a part of the largest magnitude. */
function apart(truth: Float32Array, data: Float32Array): number {
	const largest = truth.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
	return truth.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (data[i] ?? NaN))), 0) / largest;
}

beforeAll(() => useNodeBackend('cpu'));

describe.each(CASES)('$name', ({ files, even }) => {
	it('makes every tap and has every parameter that it lists, and leaves no tensor behind', async () => {
		const before = tf.memory().numTensors;
		const model = Model.load(files);
		const trace = await model.run(convPixels());
		expect(trace.names).toEqual(tapSpecs(model.config).map(({ name }) => name));
		for (const { name, shape, axes } of [...tapSpecs(model.config), ...parameterSpecs(model.config)]) {
			const { data } = await model.read(trace, name);
			expect(data.length, name).toBe(shape.reduce((product, side) => product * side, 1));
			expect(axes, name).toHaveLength(shape.length);
		}
		expect([...model.weights.keys()]).toEqual(parameterSpecs(model.config).map(({ name }) => name));
		trace.dispose();
		model.dispose();
		expect(tf.memory().numTensors).toBe(before);
	});

	it('finds the gradients at its taps that tfjs finds', async () => {
		const model = Model.load(even);
		const pixels = convPixels(model.config.imageSize);
		const trace = await model.run(pixels);
		const specs = tapSpecs(model.config).filter(({ name }) => !['logits', 'probabilities'].includes(name));
		const gradients = await model.gradients(trace, { classIndex: CLASS, names: specs.map(({ name }) => name) });
		for (const spec of specs) {
			const { data } = await gradients.read(spec.name);
			expect(apart(followed(even, pixels, spec), data), spec.name).toBeLessThan(1e-4);
		}
		for (const owner of [gradients, trace, model]) owner.dispose();
	});

	it('finds them past an edit, too, by which way a ReLU bent before it', async () => {
		const model = Model.load(even);
		const pixels = convPixels(model.config.imageSize);
		const specs = tapSpecs(model.config);
		for (const tap of [
			'stem.conv1',
			'stages.1.blocks.0.out',
			'stages.1.blocks.0.depthwise',
			'stages.1.blocks.0.conv1'
		]) {
			if (!specs.some(({ name }) => name === tap)) continue;
			const trace = await model.run(pixels, { edits: [{ tap, do: 'add', value: 1 }] });
			const gradients = await model.gradients(trace, { classIndex: CLASS, names: ['pixel_values'] });
			const { data, ...spec } = await gradients.read('pixel_values');
			expect(apart(followed(even, pixels, spec, tap), data), tap).toBeLessThan(1e-4);
			for (const owner of [gradients, trace]) owner.dispose();
		}
		model.dispose();
	});

	it('finds what a place of the last map and of one in the middle depend on, as tfjs does', async () => {
		const model = Model.load(even);
		const pixels = convPixels(model.config.imageSize);
		const trace = await model.run(pixels);
		const maps = tapSpecs(model.config).filter(({ axes }) => axes.includes('token'));
		for (const map of [maps.at(-1), maps[Math.floor(maps.length / 2)]]) {
			const of = { from: map?.name ?? '', token: Math.floor((map?.shape[1] ?? 0) / 2) };
			const gradients = await model.gradients(trace, { ...of, names: ['pixel_values'] });
			const { data, ...spec } = await gradients.read('pixel_values');
			expect(apart(followed(even, pixels, spec, null, of), data), of.from).toBeLessThan(1e-4);
			gradients.dispose();
		}
		for (const owner of [trace, model]) owner.dispose();
	});

	it('runs at another size by the same weights', async () => {
		const before = tf.memory().numTensors;
		const model = Model.load(files);
		const larger = model.at([128, 160]);
		const trace = await larger.run(convPixels([128, 160]));
		const last = tapSpecs(larger.config).findLast(({ axes }) => axes.includes('token'));
		const { data } = await trace.read('logits');
		expect([last?.shape[1], data.every(Number.isFinite)]).toEqual([(128 * 160) / larger.config.patchSize ** 2, true]);
		for (const owner of [trace, larger, model]) owner.dispose();
		expect(tf.memory().numTensors).toBe(before);
	});

	it('is changed at every tap, place by place, and not at all by an edit that changes nothing', async () => {
		const model = Model.load(files);
		const plain = await model.run(convPixels());
		const { data: truth } = await plain.read('logits');
		const { gridAt } = anatomyOf(model.config);
		for (const { name, axes } of tapSpecs(model.config)) {
			if (!axes.includes('token')) continue;
			const { rows, columns } = gridAt(name);
			const square = { rows: [0, rows - 1], columns: [0, columns - 1] } as const;
			const same: Edit = { tap: name, tokens: square, do: 'scale', by: 1 };
			const other: Edit = { tap: name, tokens: square, do: 'add', value: 1 };
			for (const [edit, changes] of [
				[same, false],
				[other, true]
			] as const) {
				const trace = await model.run(convPixels(), { edits: [edit], untouched: plain });
				const { data } = await trace.read('logits');
				expect(data.join() !== truth.join(), `${name} ${edit.do}`).toBe(changes);
				trace.dispose();
			}
		}
		plain.dispose();
		model.dispose();
	});
});

describe('what can be skipped', () => {
	it('is a block that keeps the shape of its map, and the others say why not', async () => {
		const model = Model.load(resNetCheckpoint());
		expect(anatomyOf(model.config).blocks).toEqual(['stages.0.blocks.0']);
		const trace = await model.run(convPixels(), { edits: [{ tap: 'stages.0.blocks.0', do: 'skip' }] });
		expect(trace.names).not.toContain('stages.0.blocks.0.out');
		await expect(model.run(convPixels(), { edits: [{ tap: 'stages.1.blocks.0', do: 'skip' }] })).rejects.toThrow(
			'"stages.1.blocks.0" makes another shape than it reads, so the next block cannot do without it'
		);
		trace.dispose();
		model.dispose();
	});
});
