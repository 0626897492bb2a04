import { existsSync, readdirSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../../src/lib/engine/backends/node';
import { readSafetensors, toFloat32, type StoredTensor } from '../../src/lib/engine/checkpoint/safetensors';
import { tapSpecs } from '../../src/lib/engine/families';
import { Model } from '../../src/lib/engine/model';
import { Trace } from '../../src/lib/engine/trace';
import { checkpointIn } from './cases';
import { difference } from './compare';
import { forInput, isCalm, tapOf } from './conv-maps';
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

/** What a folder has: the model, and what its library made of the recorded input. */
async function opened(folder: string) {
	const recorded = readSafetensors(await sharedBytes(`${folder}/expected.safetensors`));
	const pixels = recorded.get('pixel_values');
	const model = Model.load(forInput(await checkpointIn(folder), pixels?.shape ?? []));
	return { model, recorded, pixels: pixels ? toFloat32(pixels) : new Float32Array() };
}

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

describe.each(RUNS)('$folder on $backend', ({ folder, backend }) => {
	beforeAll(() => useNodeBackend(backend));

	it.runIf(hasShared(folder))('gives every recorded tap within 1e-4', { timeout: 60_000 }, async () => {
		const before = tf.memory().numTensors;
		const { model, recorded, pixels } = await opened(folder);
		const trace = await model.run(pixels);
		expect([...recorded.keys()]).toEqual(expect.arrayContaining(['pixel_values', 'stem', 'pooled', 'logits']));
		for (const [name, tensor] of recorded) {
			if (isCalm(name, recorded)) await expectAlike(trace, name, tensor);
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
