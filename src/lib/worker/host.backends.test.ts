import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BackendReport } from '../engine/backends/names';
import { ThreadsFailed } from '../engine/ops/wasm/threads-failed';
import { useNodeBackend } from '../engine/backends/node';
import { PatchworkError } from '../base/errors';
import { forget, makeHost, quiet, read, ready, run, source } from './testing';

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

describe('threads that are lost', () => {
	const threaded: BackendReport = { name: 'wasm', threads: 4, probes: [], reason: 'faster' };

	it('leave one, with the run as it was', async () => {
		const { host, log, lose } = await ready();
		const { run: number } = await run(host);
		const [before] = await read(host, number, ['logits']);
		await host.serve('use', { report: threaded }, quiet());
		lose('one of its threads stopped');
		const [after] = await read(host, number, ['logits']);
		expect(after?.data).toEqual(before?.data);
		expect(log.threads).toEqual([1, 4, 1]);
		const reason = 'wasm with 4 threads could not go on (one of its threads stopped), so wasm with 1 thread took over.';
		expect(log.reports).toEqual([expect.objectContaining({ name: 'wasm', threads: 1, reason })]);
	});

	it('are not taken for a fault of the model that runs on one', async () => {
		const { host, log } = await ready();
		await host.serve('use', { report: threaded }, quiet());
		const backend = tf.engine().backend as { read: unknown };
		const { read: works } = backend;
		backend.read = () => {
			backend.read = works;
			throw new ThreadsFailed('one of its threads failed');
		};
		expect((await run(host)).top).toHaveLength(5);
		expect(log.threads).toEqual([1, 4, 1]);
	});

	it('are not blamed for a fault of another kind', async () => {
		const { host, log } = await ready();
		await host.serve('use', { report: threaded }, quiet());
		const backend = tf.engine().backend as { read: unknown };
		const { read: works } = backend;
		backend.read = () => {
			backend.read = works;
			throw new Error('a fault of ours');
		};
		await expect(run(host)).rejects.toThrow('a fault of ours');
		expect(log.threads).toEqual([1, 4]);
	});

	it('are asked for by number', async () => {
		const { host, log } = makeHost();
		expect(await host.serve('start', { force: 'wasm', threads: 3 }, quiet())).toMatchObject({ threads: 3 });
		expect(log.threads).toEqual([3]);
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
