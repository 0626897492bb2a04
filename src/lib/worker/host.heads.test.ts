import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { pictureVector, pictureVectorTap } from '../analysis/picture-vector';
import { useNodeBackend } from '../engine/backends/node';
import { SIZES } from '../engine/testing/checkpoint';
import type { Progress } from '../base/progress';
import { madeUpHead, modelOf } from '../models/testing';
import { quiet, read, ready, run, source } from './testing';

const tensors = () => tf.memory().numTensors;
const task = {
	features: Float32Array.of(1, 2, 2, 1, 8, 9, 9, 8),
	width: 2,
	labels: [0, 0, 1, 1],
	classes: 2,
	learns: [Uint8Array.of(1, 1, 1, 1)],
	l2: 0.01
};

beforeEach(() => useNodeBackend('cpu'));

describe('heads of the reader’s own', () => {
	it('are trained beside the model, tell of their steps, and leave nothing behind', async () => {
		const { host } = await ready();
		const before = tensors();
		const told: Progress[] = [];
		const context = { ...quiet(), onProgress: (progress: Progress) => void told.push(progress) };
		const { probabilities, settled } = await host.serve('trainHeads', task, context);
		expect(settled).toBe(true);
		expect(probabilities[0]).toBeGreaterThan(0.9);
		expect(probabilities[7]).toBeGreaterThan(0.9);
		expect(told[0]).toMatchObject({ loaded: 20 });
		expect(tensors()).toBe(before);
	});

	it('stop where they are given up', async () => {
		const { host } = await ready();
		const before = tensors();
		const controller = new AbortController();
		const context = { ...quiet(controller.signal), onProgress: () => controller.abort() };
		await expect(host.serve('trainHeads', task, context)).rejects.toMatchObject({ code: 'cancelled' });
		expect(tensors()).toBe(before);
	});

	it('are trained once more where the GPU is lost meanwhile', async () => {
		const { host, lose, log } = await ready('webgl');
		let lost = false;
		const onProgress = () => {
			if (!lost) lose('the driver crashed');
			lost = true;
		};
		const { settled } = await host.serve('trainHeads', task, { ...quiet(), onProgress });
		expect(settled).toBe(true);
		expect(log.reports.map(({ tookOverFrom }) => tookOverFrom)).toEqual(['webgl']);
	});

	it('become a model of the files of the one that ran', async () => {
		const { host } = await ready();
		const { run: id, model } = await run(host);
		const [end] = await read(host, id, [pictureVectorTap(model.config)]);
		const width = end ? pictureVector(end, model.config).length : 0;
		const { files, library } = await host.serve('withHead', { run: id, head: madeUpHead(width) }, quiet());
		expect([library, width]).toEqual(['timm', SIZES.dim]);
		const next = await modelOf(files);
		expect(next.config.classes).toBe(3);
		next.dispose();
	});

	it('are refused once another model has taken the place of theirs', async () => {
		const { host } = await ready();
		const { run: id } = await run(host);
		await host.serve('load', { source: source('b') }, quiet());
		const asked = host.serve('withHead', { run: id, head: madeUpHead(SIZES.dim) }, quiet());
		await expect(asked).rejects.toThrow(/^The model of that run has made room for another/);
	});
});
