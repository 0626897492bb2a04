import { existsSync, readdirSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../../src/lib/engine/backends/node';
import { readSafetensors, toFloat32 } from '../../src/lib/engine/checkpoint/safetensors';
import { Model } from '../../src/lib/engine/model';
import { readCheckpoint } from '../../scripts/lib/checkpoint';
import { difference } from './compare';
import { zooTap } from './zoo-names';
import { hasShared, SHARED, sharedBytes } from './recorded';

const FOLDER = 'zoo';

const folders = existsSync(SHARED + FOLDER) ? readdirSync(SHARED + FOLDER).filter((name) => /^[a-z]\d/.test(name)) : [];
/** One of each kind, which is slower. */
const onCpu = folders.filter((name, i) => folders.findIndex((other) => other[0] === name[0]) === i);

/** Runs a folder's checkpoint on the recorded input and holds every recorded tap against it; leaves nothing behind. */
async function expectParity(folder: string): Promise<void> {
	const before = tf.memory().numTensors;
	const { files } = await readCheckpoint(`${SHARED}${FOLDER}/${folder}`);
	const model = Model.load(files);
	const recorded = readSafetensors(await sharedBytes(`${FOLDER}/${folder}/expected.safetensors`));
	const pixels = recorded.get('pixel_values');
	const trace = await model.run(pixels ? toFloat32(pixels) : new Float32Array());
	for (const [name, truth] of recorded) {
		const tap = zooTap(name, model.config);
		const { data, shape } = await trace.read(tap ?? 'norm');
		if (tap) expect(shape, name).toEqual(truth.shape);
		expect(difference(truth, tap ? data : data.slice(0, truth.shape[1])), name).toBeLessThan(1e-4);
	}
	expect(recorded.size).toBeGreaterThan(4);
	trace.dispose();
	model.dispose();
	expect(tf.memory().numTensors).toBe(before);
}

describe('checkpoints of every kind, as timm and transformers wrote them', () => {
	it.runIf(hasShared(FOLDER))('are all there', () => {
		expect([...new Set(folders.map(([kind]) => kind))].join('')).toBe('abcdefghx');
		expect(folders).toHaveLength(41);
	});

	describe('on wasm', () => {
		beforeAll(() => useNodeBackend('wasm'));
		it.each(folders)('%s gives every recorded tap within 1e-4', expectParity);
	});

	describe('on cpu', () => {
		beforeAll(() => useNodeBackend('cpu'));
		it.each(onCpu)('%s gives every recorded tap within 1e-4', expectParity);
	});
});
