import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from './backends/node';
import type { Changes } from './changes';
import { Model } from './model';
import { pixelValues, SIZES, timmCheckpoint } from './testing/checkpoint';

const PATCHES = (SIZES.image / SIZES.patch) ** 2;
const IDENTITY = Array.from({ length: PATCHES }, (_, i) => i);
const REVERSED = IDENTITY.toReversed();
const ROTATED = IDENTITY.map((i) => (i * 5 + 3) % PATCHES);

/** The largest difference between two runs of numbers. */
const largest = (a: Float32Array, b: Float32Array) => Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? NaN))));

describe.each(['cpu', 'wasm'] as const)('a run with changes on %s', (backend) => {
	let model: Model;
	beforeAll(async () => {
		await useNodeBackend(backend);
		model = Model.load(timmCheckpoint());
	});
	afterAll(() => model.dispose());

	async function read(name: string, changes?: Changes): Promise<Float32Array> {
		const trace = await model.run(pixelValues(), changes ? { changes } : {});
		const { data } = await trace.read(name);
		trace.dispose();
		return data;
	}

	it('is the model’s own where every patch stays and positions are added', async () => {
		const before = tf.memory().numTensors;
		for (const name of ['pixel_values', 'embeddings', 'blocks.1.attn.weights', 'logits']) {
			expect(await read(name, { order: IDENTITY, positions: true }), name).toEqual(await read(name));
		}
		expect(tf.memory().numTensors).toBe(before);
	});

	it('puts the patches where the order says, pixel by pixel', async () => {
		const patches = await read('patches');
		const moved = await read('patches', { order: ROTATED });
		const size = patches.length / PATCHES;
		for (const [place, patch] of ROTATED.entries()) {
			expect(moved.slice(place * size, (place + 1) * size)).toEqual(patches.slice(patch * size, (patch + 1) * size));
		}
	});

	it('cannot see the order without positions', async () => {
		const plain = await read('logits', { positions: false });
		for (const order of [REVERSED, ROTATED]) {
			expect(largest(plain, await read('logits', { order, positions: false }))).toBeLessThan(1e-4);
		}
		// Without positions it is another model: were they added all the same, the two would be equal.
		expect(largest(plain, await read('logits'))).toBeGreaterThan(1e-3);
	});

	it('sees the order with positions', async () => {
		const plain = await read('logits');
		expect(largest(plain, await read('logits', { order: REVERSED }))).toBeGreaterThan(1e-3);
	});

	it('has embeddings without positions: the CLS token, then the patches’', async () => {
		const tokens = await read('embeddings', { positions: false });
		expect(tokens.slice(SIZES.dim)).toEqual(await read('patch_embed'));
	});

	it('leaves nothing behind', async () => {
		const before = tf.memory().numTensors;
		const changes = { order: ROTATED, positions: false };
		(await model.run(pixelValues(), { changes, taps: (name) => name === 'logits' })).dispose();
		expect(tf.memory().numTensors).toBe(before);
	});

	it.each<[string, number[]]>([
		['too short', IDENTITY.slice(1)],
		['too long', [...IDENTITY, 0]],
		['with a patch twice', [0, ...IDENTITY.slice(0, -1)]],
		['with a patch that is not there', IDENTITY.map((i) => i + 1)],
		['with a fraction', IDENTITY.map((i) => i + 0.5)]
	])('refuses an order that is %s', async (_, order) => {
		const before = tf.memory().numTensors;
		await expect(read('logits', { order })).rejects.toMatchObject({
			code: 'request',
			message: `An order must name each of the ${PATCHES} patches once, counted from 0.`
		});
		expect(tf.memory().numTensors).toBe(before);
	});
});
