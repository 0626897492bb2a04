import { currentTap } from '../../src/lib/base/renames';
import { existsSync, readdirSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../../src/lib/engine/backends/node';
import { planCheckpoint } from '../../src/lib/engine/checkpoint/plan';
import { readSafetensors, readWeights, toFloat32 } from '../../src/lib/engine/checkpoint/safetensors';
import { headInputTap } from '../../src/lib/engine/vit/config';
import { isViT } from '../../src/lib/engine/families';
import { Model } from '../../src/lib/engine/model';
import { PatchworkError } from '../../src/lib/base/errors';
import { readCheckpoint } from '../../scripts/lib/checkpoint';
import { difference } from './compare';
import { hasShared, SHARED, sharedBytes } from './recorded';

const FOLDER = 'zoo';

/** What the folders' first letters stand for: those that run, and those of a later family. */
const RUNS = /^[abfgh]\d/;
const LATER = /^[cdex]\d/;

const folders = existsSync(SHARED + FOLDER) ? readdirSync(SHARED + FOLDER).filter((name) => /^[a-z]\d/.test(name)) : [];
const running = folders.filter((name) => RUNS.test(name));
const refused = folders.filter((name) => LATER.test(name));
/** One of each kind, which is slower. */
const onCpu = running.filter((name, i) => running.findIndex((other) => other[0] === name[0]) === i);

/** Runs a folder's checkpoint on the recorded input and holds every recorded tap against it; leaves nothing behind. */
async function expectParity(folder: string): Promise<void> {
	const before = tf.memory().numTensors;
	const { files } = await readCheckpoint(`${SHARED}${FOLDER}/${folder}`);
	const model = Model.load(files);
	const recorded = readSafetensors(await sharedBytes(`${FOLDER}/${folder}/expected.safetensors`));
	const pixels = recorded.get('pixel_values');
	const trace = await model.run(pixels ? toFloat32(pixels) : new Float32Array());
	for (const [name, truth] of recorded) {
		// Where the head reads the first token, that is no tap of its own.
		const isRow = name === 'pooled' && isViT(model.config) && headInputTap(model.config) === 'norm';
		const { data, shape } = await trace.read(isRow ? 'norm' : currentTap(name));
		if (!isRow) expect(shape, name).toEqual(truth.shape);
		expect(difference(truth, isRow ? data.slice(0, truth.shape[1]) : data), name).toBeLessThan(1e-4);
	}
	expect(recorded.size).toBeGreaterThan(4);
	trace.dispose();
	model.dispose();
	expect(tf.memory().numTensors).toBe(before);
}

describe('checkpoints of every kind, as timm and transformers wrote them', () => {
	it.runIf(hasShared(FOLDER))('are all there', () => {
		expect([...new Set(folders.map(([kind]) => kind))].join('')).toBe('abcdefghx');
		expect(running.length + refused.length).toBe(folders.length);
	});

	describe('on wasm', () => {
		beforeAll(() => useNodeBackend('wasm'));
		it.each(running)('%s gives every recorded tap within 1e-4', expectParity);
	});

	describe('on cpu', () => {
		beforeAll(() => useNodeBackend('cpu'));
		it.each(onCpu)('%s gives every recorded tap within 1e-4', expectParity);
	});

	it.each(refused)('%s is refused by what the table of its weights says', async (folder) => {
		const { files } = await readCheckpoint(`${SHARED}${FOLDER}/${folder}`);
		const error = caught(() => planCheckpoint(files.config, files.preprocessor, readWeights(files.weights)));
		expect(error).toBeInstanceOf(PatchworkError);
		expect(String(error)).toMatch(
			/architecture '(clip|siglip|dinov3)|rotary|pooling 'map'|sigmoid|before its first block/
		);
	});
});

function caught(action: () => unknown): unknown {
	try {
		action();
	} catch (error) {
		return error;
	}
	return null;
}
