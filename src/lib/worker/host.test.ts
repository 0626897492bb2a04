import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../engine/backends/node';
import { fileOf, timmCheckpoint, timmTensors } from '../engine/testing/checkpoint';
import type { ModelFiles } from '../models/model-files';
import { forget, makeHost, modelFiles, photo, quiet, read, ready, run, runNext, source } from './testing';

const tensors = () => tf.memory().numTensors;

beforeEach(() => useNodeBackend('cpu'));

describe('starting', () => {
	it('begins on wasm unless a backend is asked for', async () => {
		const { host } = makeHost();
		expect(await host.serve('start', { force: null }, quiet())).toMatchObject({ name: 'wasm' });
		expect(await makeHost().host.serve('start', { force: 'webgl' }, quiet())).toMatchObject({ name: 'webgl' });
	});

	it('goes on to the next backend that starts, and says why', async () => {
		const { host, broken } = makeHost();
		broken.add('webgpu').add('webgl');
		const report = await host.serve('start', { force: 'webgpu' }, quiet());
		expect(report).toMatchObject({ name: 'wasm', reason: expect.stringContaining('webgpu is absent') });
	});

	it('says so when nothing starts', async () => {
		const { host, broken } = makeHost();
		for (const name of ['webgpu', 'webgl', 'wasm', 'cpu'] as const) broken.add(name);
		await expect(host.serve('start', { force: null }, quiet())).rejects.toMatchObject({ code: 'backend' });
	});
});

describe('loading', () => {
	it('keeps the model and its run when the next model is bad', async () => {
		const { host, files } = await ready();
		const { run: number } = await run(host);
		const before = tensors();
		files.set('bad', async () => modelFiles({ ...timmCheckpoint(), weights: new ArrayBuffer(4) }));
		await expect(host.serve('load', { source: source('bad') }, quiet())).rejects.toMatchObject({ code: 'checkpoint' });
		expect(tensors()).toBe(before);
		expect(await host.serve('read', { run: number, names: ['logits'] }, quiet())).toHaveLength(1);
	});

	it('lets photos through while the next model is on its way', async () => {
		const { host, files } = await ready();
		let arrive: (files: ModelFiles) => void = () => undefined;
		files.set('slow', () => new Promise((resolve) => (arrive = resolve)));
		const loading = host.serve('load', { source: source('slow') }, quiet());
		expect((await run(host)).top).toHaveLength(5);
		arrive(modelFiles());
		expect(await loading).toMatchObject({ id: 'slow' });
	});

	it('gives the old model back when the next one is ready', async () => {
		const { host } = await ready();
		const before = tensors();
		await host.serve('load', { source: source('b') }, quiet());
		expect(tensors()).toBe(before);
	});

	it('drops labels that are not as many as the classes', async () => {
		const { host, files } = await ready();
		files.set('odd', async () => modelFiles(timmCheckpoint(), ['one', 'two']));
		expect(await host.serve('load', { source: source('odd') }, quiet())).toMatchObject({ labels: null });
		expect((await run(host)).top[0]?.label).toMatch(/^class \d$/);
	});

	it('tells classes of one name apart, and says whose names are assumed', async () => {
		const { host, files } = await ready();
		const labels = ['crane', 'owl', 'crane', 'a', 'b', 'c', 'd'];
		files.set('cranes', async () => ({ ...modelFiles(timmCheckpoint(), labels), namesAssumed: true }));
		const told = ['crane (class 0)', 'owl', 'crane (class 2)', 'a', 'b', 'c', 'd'];
		const loaded = await host.serve('load', { source: source('cranes') }, quiet());
		expect(loaded).toMatchObject({ labels: told, namesAssumed: true });
		for (const { index, label } of (await run(host)).top) expect(label).toBe(told[index]);
	});
});

describe('running', () => {
	it('answers with the likeliest classes, the crop and what the model saw, and closes the photo', async () => {
		const { host } = await ready();
		const bitmap = photo();
		const result = await run(host, quiet(), bitmap);
		expect(result.top).toHaveLength(5);
		expect(result.top.map((p) => p.score)).toEqual(result.top.map((p) => p.score).sort((a, b) => b - a));
		expect(result.seen).toMatchObject({ width: 20, height: 20 });
		expect(result.crop.width).toBeCloseTo(result.crop.height, 0);
		expect(bitmap.closed).toBe(1);
	});

	it('holds the tensors of one run, however many there were', async () => {
		const { host } = await ready();
		let { run: number } = await run(host);
		const before = tensors();
		for (let i = 0; i < 3; i++) number = (await runNext(host, number)).run;
		expect(tensors()).toBe(before);
	});

	it('refuses to mix runs up', async () => {
		const { host } = await ready();
		const first = await run(host);
		await runNext(host, first.run);
		await expect(host.serve('read', { run: first.run, names: ['logits'] }, quiet())).rejects.toMatchObject({
			code: 'request'
		});
	});

	it('says which model ran', async () => {
		const { host } = await ready();
		expect((await run(host)).model).toMatchObject({ id: 'a', config: { dim: 15 } });
	});

	it('reads a run of the model before, without its parameters, and takes that for no failure of the GPU', async () => {
		const { host, log } = await ready('webgl');
		const first = await run(host);
		const [before] = await read(host, first.run, ['logits']);
		await host.serve('load', { source: source('b') }, quiet());
		const refused = read(host, first.run, ['logits', 'parameters.head.bias']);
		await expect(refused).rejects.toMatchObject({ code: 'request', message: expect.stringMatching(/^The model of/) });
		expect(await read(host, first.run, ['logits'])).toEqual([before]);
		await forget(host, first.run);
		await expect(read(host, first.run, ['logits'])).rejects.toMatchObject({ code: 'request' });
		expect(log.started).toEqual(['webgl']);
	});

	it('closes a photo that was cancelled before its turn', async () => {
		const { host } = await ready();
		const bitmap = photo();
		const controller = new AbortController();
		controller.abort();
		await expect(run(host, quiet(controller.signal), bitmap)).rejects.toMatchObject({ code: 'cancelled' });
		expect(bitmap.closed).toBe(1);
	});

	it('says that weights are damaged when they give no numbers', async () => {
		const { host, files } = await ready();
		const damaged = timmTensors().map((t) => (t.name === 'norm.bias' ? { ...t, data: t.data.map(() => NaN) } : t));
		files.set('nan', async () => modelFiles({ ...timmCheckpoint(), weights: fileOf(damaged) }));
		await host.serve('load', { source: source('nan') }, quiet());
		await expect(run(host)).rejects.toMatchObject({ code: 'checkpoint' });
	});

	it('stops when cancelled, keeps the run before, and leaves nothing behind', async () => {
		const { host } = await ready();
		const first = await run(host);
		const before = tensors();
		const controller = new AbortController();
		const second = run(host, quiet(controller.signal));
		controller.abort();
		await expect(second).rejects.toMatchObject({ code: 'cancelled' });
		expect(tensors()).toBe(before);
		expect(await host.serve('read', { run: first.run, names: ['norm'] }, quiet())).toHaveLength(1);
	});

	it('needs a model', async () => {
		const { host } = makeHost();
		await host.serve('start', { force: null }, quiet());
		await expect(run(host)).rejects.toThrow('No model is loaded yet');
	});
});
