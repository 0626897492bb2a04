import { existsSync, readdirSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { isRecord } from '../../src/lib/base/json';
import { useNodeBackend } from '../../src/lib/engine/backends/node';
import { readSafetensors, toFloat32, type StoredTensor } from '../../src/lib/engine/checkpoint/safetensors';
import { tapSpecs } from '../../src/lib/engine/families';
import { Model, type CheckpointFiles } from '../../src/lib/engine/model';
import { Trace } from '../../src/lib/engine/trace';
import { checkpointIn } from './cases';
import { difference } from './compare';
import { hasShared, SHARED, sharedBytes } from './recorded';

const FOLDER = 'parity/conv';

/** They must be there, so that a folder gone missing is told; others beside them are run as well. */
const EXPECTED = [
	'hf-mobilenetv2-tf-padding',
	'hf-resnet-basic',
	'hf-resnet-bottleneck',
	'timm-mobilenetv2',
	'timm-mobilenetv2-same',
	'timm-resnet10t-deep-stem',
	'timm-resnet18',
	'timm-resnet26',
	'timm-test-resnet'
];
const beside = existsSync(SHARED + FOLDER)
	? readdirSync(SHARED + FOLDER).filter((name) => existsSync(`${SHARED}${FOLDER}/${name}/expected.safetensors`))
	: [];
const RUNS = [...new Set([...EXPECTED, ...beside])].flatMap((name) =>
	(['wasm', 'cpu'] as const).map((backend) => ({ folder: `${FOLDER}/${name}`, backend }))
);

/** The recorded input may be of another size than photos are cut to: no weight depends on it. */
function forInput(files: CheckpointFiles, [, , height, width]: readonly number[]): CheckpointFiles {
	const { preprocessor } = files;
	if (!isRecord(preprocessor) || !('crop_size' in preprocessor)) return files;
	return { ...files, preprocessor: { ...preprocessor, crop_size: { height, width } } };
}

/** A recorded map, (1, c, rows, columns), as our taps have maps: a row for each place. */
function asTap(recorded: StoredTensor): { shape: readonly number[]; truth: StoredTensor } {
	const { shape } = recorded;
	if (shape.length !== 4) return { shape, truth: recorded };
	const [, channels = 0, rows = 0, columns = 0] = shape;
	const [values, places] = [toFloat32(recorded), rows * columns];
	const turned = Float32Array.from(values, (_, i) => values[(i % channels) * places + Math.floor(i / channels)] ?? 0);
	return {
		shape: [1, places, channels],
		truth: { ...recorded, dtype: 'F32', bytes: new Uint8Array(turned.buffer) }
	};
}

/** What a folder has: the model, and what its library made of the recorded input. */
async function opened(folder: string) {
	const recorded = readSafetensors(await sharedBytes(`${folder}/expected.safetensors`));
	const pixels = recorded.get('pixel_values');
	const model = Model.load(forInput(await checkpointIn(folder), pixels?.shape ?? []));
	return { model, recorded, pixels: pixels ? toFloat32(pixels) : new Float32Array() };
}

/** A recorded tensor as our tap of that name. */
const tapOf = (name: string, tensor: StoredTensor) =>
	name === 'pixel_values' ? { shape: tensor.shape, truth: tensor } : asTap(tensor);

async function expectAlike(trace: Trace, name: string, tensor: StoredTensor): Promise<void> {
	const { data, shape } = await trace.read(name);
	const expected = tapOf(name, tensor);
	expect(shape, name).toEqual(expected.shape);
	expect(difference(expected.truth, data), name).toBeLessThan(1e-4);
}

/** The recording as if it were a run of ours. */
function asRun({ config }: Model, recorded: ReadonlyMap<string, StoredTensor>): Trace {
	const trace = new Trace(tapSpecs(config));
	tf.tidy(() => {
		for (const [name, tensor] of recorded) {
			const { shape, truth } = tapOf(name, tensor);
			trace.tap(name, tf.tensor(toFloat32(truth), [...shape]));
		}
	});
	return trace;
}

/**
 * With random weights, MobileNetV2 is chaotic: most values lie beyond the bends of its ReLU6, so each block makes a
 * rounding error a few times as large. The same recorded pass in double precision is off by 3e-6 of a map's largest
 * magnitude after the second block, 1e-2 after the tenth, and 1 at the head. So what follows from the photo can be held to
 * the recording in the first blocks only; what follows from the recorded map before it, everywhere.
 */
const CALM = 'stem stages.0.blocks.0.out stages.1.blocks.0.out'.split(' ');

describe.each(RUNS)('$folder on $backend', ({ folder, backend }) => {
	beforeAll(() => useNodeBackend(backend));

	it.runIf(hasShared(folder))('gives every recorded tap within 1e-4', { timeout: 60_000 }, async () => {
		const before = tf.memory().numTensors;
		const { model, recorded, pixels } = await opened(folder);
		const trace = await model.run(pixels);
		expect([...recorded.keys()]).toEqual(expect.arrayContaining(['pixel_values', 'stem', 'pooled', 'logits']));
		for (const [name, tensor] of recorded) {
			if (!recorded.has('head') || CALM.includes(name)) await expectAlike(trace, name, tensor);
		}
		trace.dispose();
		model.dispose();
		expect(tf.memory().numTensors).toBe(before);
	});

	it.runIf(hasShared(folder))('makes each of the recorded one before it', { timeout: 60_000 }, async () => {
		const before = tf.memory().numTensors;
		const { model, recorded, pixels } = await opened(folder);
		const [untouched, recording] = [await model.run(pixels), asRun(model, recorded)];
		const runs = new Map([['recording', recording]]);
		const names = tapSpecs(model.config).flatMap(({ name }) => (recorded.has(name) ? [name] : []));
		expect(names).toHaveLength(recorded.size);
		for (const [i, name] of names.slice(1).entries()) {
			const edits = [{ tap: names[i] ?? '', do: 'replace', run: 'recording' }] as const;
			const trace = await model.run(pixels, { edits, runs, untouched, taps: (tap) => tap === name });
			const tensor = recorded.get(name);
			if (tensor) await expectAlike(trace, name, tensor);
			trace.dispose();
		}
		for (const owner of [untouched, recording, model]) owner.dispose();
		expect(tf.memory().numTensors).toBe(before);
	});
});

describe('the real MobileNetV2, and the one that comes with the page', () => {
	beforeAll(() => useNodeBackend('wasm'));

	it.each(['mobilenetv2', 'patchwork-c'])('%s loads and runs', { timeout: 60_000 }, async (name) => {
		const folder = `models/${name}`;
		if (!hasShared(folder)) return;
		const model = Model.load(await checkpointIn(folder));
		expect(model.parameters).toBe(3_487_816 + 17_056);
		const trace = await model.run(new Float32Array(3 * 224 * 224).map((_, i) => Math.sin(i / 1000)));
		expect((await trace.read('stages.6.blocks.0.out')).shape).toEqual([1, 49, 320]);
		const { data } = await trace.read('probabilities');
		expect(data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 4);
		trace.dispose();
		model.dispose();
	});
});
