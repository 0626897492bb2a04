import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../../src/lib/engine/backends/node';
import { readSafetensors, toFloat32, type StoredTensor } from '../../src/lib/engine/checkpoint/safetensors';
import { Model } from '../../src/lib/engine/model';
import type { TapData } from '../../src/lib/engine/tap';
import { checkpointIn, convCases, type ParityCase } from './cases';
import { difference } from './compare';
import { eachFromTheOneBefore, forInput, isCalm, tapOf } from './conv-maps';
import { hasShared, sharedBytes } from './recorded';

const RUNS = convCases().flatMap((found) => (['wasm', 'cpu'] as const).map((backend) => ({ ...found, backend })));

/** What a folder has: the model, and what its library made of the recorded input. */
async function opened({ folder, recording }: ParityCase) {
	const recorded = readSafetensors(await sharedBytes(recording));
	const pixels = recorded.get('pixel_values');
	const model = Model.load(forInput(await checkpointIn(folder), pixels?.shape ?? []));
	return { model, recorded, pixels: pixels ? toFloat32(pixels) : new Float32Array() };
}

function expectAlike(name: string, { data, shape }: TapData, tensor: StoredTensor): void {
	const expected = tapOf(name, tensor);
	expect(shape, name).toEqual(expected.shape);
	expect(difference(expected.truth, data), name).toBeLessThan(1e-4);
}

describe.each(RUNS)('$folder on $backend', ({ backend, ...found }) => {
	beforeAll(() => useNodeBackend(backend));

	it.runIf(hasShared(found.recording))('gives every recorded tap within 1e-4', { timeout: 60_000 }, async () => {
		const before = tf.memory().numTensors;
		const { model, recorded, pixels } = await opened(found);
		const trace = await model.run(pixels);
		expect([...recorded.keys()]).toEqual(expect.arrayContaining(['pixel_values', 'stem', 'pooled', 'logits']));
		for (const [name, tensor] of recorded) {
			if (isCalm(name, recorded)) expectAlike(name, await trace.read(name), tensor);
		}
		trace.dispose();
		model.dispose();
		expect(tf.memory().numTensors).toBe(before);
	});

	it.runIf(hasShared(found.recording))('makes each of the recorded one before it', { timeout: 60_000 }, async () => {
		const before = tf.memory().numTensors;
		const { model, recorded } = await opened(found);
		const held: string[] = [];
		await eachFromTheOneBefore(model, recorded, (name, tap, tensor) => {
			expectAlike(name, tap, tensor);
			held.push(name);
		});
		expect(held).toHaveLength(recorded.size - 1);
		model.dispose();
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
