import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { collectGarbage } from '../../../tests/hub/garbage';
import { useNodeBackend } from '../engine/backends/node';
import { SIZES, timmCheckpoint } from '../engine/testing/checkpoint';
import { keptWeights } from '../models/weights';
import { modelFiles, quiet, ready, runNext, source } from './testing';

/** Some megabytes each, so that a model that is kept by mistake is seen among everything else that the heap holds. */
const large = { ...SIZES, dim: 96, mlp: 384, depth: 6, heads: 3 };
const other = { ...large, depth: 4, heads: 6, classes: 40 };

/** Bytes of the JavaScript heap and of all array buffers, where the plain backend has its tensors. */
async function heap(): Promise<number> {
	await collectGarbage();
	const { heapUsed, arrayBuffers } = process.memoryUsage();
	return heapUsed + arrayBuffers;
}

describe('switching models', () => {
	it('20 times leaves the tensors and the heap as they were', async () => {
		await useNodeBackend('cpu');
		const { host, files } = await ready();
		for (const [id, sizes] of [
			['large', large],
			['other', other]
		] as const) {
			const checkpoint = timmCheckpoint(sizes);
			const bytes = async () => [checkpoint.weights.slice()];
			files.set(id, async () => ({ ...modelFiles(checkpoint), weights: keptWeights(await bytes(), bytes) }));
		}
		let last = 0;
		const use = async (id: string) => {
			await host.serve('load', { source: source(id) }, quiet());
			last = (await runNext(host, last)).run;
		};
		// What is made once, such as tables and compiled code, is there after the first round.
		for (const id of ['other', 'large', 'other', 'large']) await use(id);
		const [tensors, bytes] = [tf.memory().numTensors, tf.memory().numBytes];
		const before = await heap();
		for (let i = 0; i < 10; i++) {
			await use('other');
			await use('large');
		}
		expect(tf.memory().numTensors).toBe(tensors);
		expect(tf.memory().numBytes).toBe(bytes);
		const after = await heap();
		expect(bytes).toBeGreaterThan(before / 10);
		expect(after).toBeLessThan(before * 1.1);
	});
});
