import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BackendReport } from '../engine/backends/names';
import { useNodeBackend } from '../engine/backends/node';
import { PatchworkError } from '../base/errors';
import { forget, quiet, ready, run, source } from './testing';

const tensors = () => tf.memory().numTensors;

beforeEach(() => useNodeBackend('cpu'));

describe('a lost GPU', () => {
	it('is replaced at once while nobody works, and the run can still be read', async () => {
		const { host, log, lose } = await ready('webgpu');
		const { run: number } = await run(host);
		const [before] = await host.serve('read', { run: number, names: ['logits'] }, quiet());
		lose('the driver crashed');
		const [after] = await host.serve('read', { run: number, names: ['logits'] }, quiet());
		expect(log.reports).toEqual([
			expect.objectContaining({ name: 'webgl', reason: expect.stringContaining('the driver crashed') })
		]);
		expect(log.stopped).toEqual(['webgpu']);
		expect(after?.data).toEqual(before?.data);
	});

	it('does not cost the request that it interrupts', async () => {
		const { host, log, lose } = await ready('webgl');
		const held = tensors();
		const answer = run(host);
		lose('the driver crashed');
		const { top, run: number } = await answer;
		expect(top).toHaveLength(5);
		expect(log.started).toEqual(['webgl', 'wasm']);
		expect(log.reports).toHaveLength(1);
		await forget(host, number);
		await host.serve('load', { source: source('a') }, quiet());
		expect(tensors()).toBe(held);
	});

	it('needs no network: the weights are at hand', async () => {
		const { host, log, files, lose } = await ready('webgl');
		await run(host);
		files.set('a', async () => Promise.reject(new PatchworkError('network', 'You are offline.')));
		lose('gone');
		expect((await run(host)).top).toHaveLength(5);
		expect(log.fetched).toEqual(['a']);
	});

	it('is survived as often as there is another backend', async () => {
		const { host, log, lose } = await ready('webgpu');
		await run(host);
		lose('gone');
		await run(host);
		lose('gone as well');
		expect((await run(host)).top).toHaveLength(5);
		expect(log.started).toEqual(['webgpu', 'webgl', 'wasm']);
	});
});

describe('moving to a faster backend', () => {
	const faster: BackendReport = { name: 'webgpu', threads: 1, probes: [], reason: 'faster' };

	it('takes the model and the run along', async () => {
		const { host, log } = await ready();
		const { run: number } = await run(host);
		const held = tensors();
		expect(await host.serve('use', { report: faster }, quiet())).toBe(faster);
		expect(log.stopped).toEqual(['wasm']);
		expect(await host.serve('read', { run: number, names: ['logits'] }, quiet())).toHaveLength(1);
		expect(tensors()).toBe(held);
	});

	it('goes on with the next one when it does not start', async () => {
		const { host, broken } = await ready();
		await run(host);
		broken.add('webgpu');
		expect(await host.serve('use', { report: faster }, quiet())).toMatchObject({ name: 'webgl' });
	});

	it('does nothing when it is there already', async () => {
		const { host, log } = await ready();
		await host.serve('use', { report: { ...faster, name: 'wasm' } }, quiet());
		expect(log.started).toEqual(['wasm']);
	});
});
