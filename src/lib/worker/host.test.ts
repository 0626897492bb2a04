import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BackendName, BackendReport } from '../engine/backends/names';
import { useNodeBackend } from '../engine/backends/node';
import type { RunningBackend } from '../engine/backends/start';
import { fileOf, timmCheckpoint, timmTensors } from '../engine/testing/checkpoint';
import { PatchworkError } from '../errors';
import type { ModelFiles } from '../models/load';
import type { ModelSource } from '../models/source';
import { EngineHost } from './host';
import type { RequestContext } from './surroundings';

const source = (id: string): ModelSource => ({ id, from: { kind: 'site', folder: `https://here/${id}/` } });
const quiet = (signal = new AbortController().signal): RequestContext => ({ signal, onProgress: () => undefined });

/** A grey photo with a gradient, and how often it was closed. */
function photo(): ImageBitmap & { closed: number } {
	return {
		width: 30,
		height: 24,
		closed: 0,
		close() {
			this.closed++;
		}
	};
}

/** A host whose backends are all tfjs's plain one under other names, and can be made to fail. */
function makeHost() {
	const log = {
		started: [] as BackendName[],
		stopped: [] as BackendName[],
		fetched: [] as string[],
		reports: [] as BackendReport[]
	};
	const broken = new Set<BackendName>();
	const files = new Map<string, () => Promise<ModelFiles>>();
	const good = async (): Promise<ModelFiles> => ({ ...timmCheckpoint(), labels: null, notKept: null });
	let lose: ((why: string) => void) | null = null;

	const host = new EngineHost({
		startBackend: async (name, threads = 1): Promise<RunningBackend> => {
			if (broken.has(name)) throw new Error(`${name} is absent`);
			log.started.push(name);
			const lost = new Promise<string>((resolve) => (lose = resolve));
			return { name, threads, lost, lose: () => lose?.('test'), stop: () => log.stopped.push(name) };
		},
		probe: async (name, threads) => ({ name, threads, milliseconds: 1, note: '' }),
		fetchModel: ({ id }) => {
			log.fetched.push(id);
			return (files.get(id) ?? good)();
		},
		pixelsOf: ({ width, height }) => ({
			width,
			height,
			rows: (y0, y1) => Uint8ClampedArray.from({ length: (y1 - y0) * width * 4 }, (_, i) => (i * 7 + y0) % 256)
		}),
		onBackend: (report) => log.reports.push(report)
	});
	return { host, log, broken, files, lose: (why: string) => lose?.(why) };
}

async function ready(force: BackendName | null = null) {
	const made = makeHost();
	await made.host.serve('start', { force }, quiet());
	await made.host.serve('load', { source: source('a') }, quiet());
	return made;
}

const run = (host: EngineHost, context = quiet(), bitmap: ImageBitmap = photo()) =>
	host.serve('run', { photo: bitmap, crop: null }, context);
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
		files.set('bad', async () => ({ ...timmCheckpoint(), weights: new ArrayBuffer(4), labels: null, notKept: null }));
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
		arrive({ ...timmCheckpoint(), labels: null, notKept: null });
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
		files.set('odd', async () => ({ ...timmCheckpoint(), labels: ['one', 'two'], notKept: null }));
		expect(await host.serve('load', { source: source('odd') }, quiet())).toMatchObject({ labels: null });
		expect((await run(host)).top[0]?.label).toMatch(/^class \d$/);
	});
});

describe('running', () => {
	it('answers with the likeliest classes, the crop and what the model saw, and closes the photo', async () => {
		const { host } = await ready();
		const bitmap = photo();
		const result = await run(host, quiet(), bitmap);
		expect(result.top).toHaveLength(5);
		expect(result.top.map((p) => p.probability)).toEqual(result.top.map((p) => p.probability).sort((a, b) => b - a));
		expect(result.seen).toMatchObject({ width: 20, height: 20 });
		expect(result.crop.width).toBeCloseTo(result.crop.height, 0);
		expect(bitmap.closed).toBe(1);
	});

	it('holds the tensors of one run, however many there were', async () => {
		const { host } = await ready();
		await run(host);
		const before = tensors();
		for (let i = 0; i < 3; i++) await run(host);
		expect(tensors()).toBe(before);
	});

	it('refuses to mix runs up', async () => {
		const { host } = await ready();
		const first = await run(host);
		await run(host);
		await expect(host.serve('read', { run: first.run, names: ['logits'] }, quiet())).rejects.toMatchObject({
			code: 'request'
		});
	});

	it('says which model ran', async () => {
		const { host } = await ready();
		expect((await run(host)).model).toMatchObject({ id: 'a', config: { dim: 15 } });
	});

	it('refuses to read a run of the model before, and takes that for no failure of the GPU', async () => {
		const { host, log } = await ready('webgl');
		const first = await run(host);
		await host.serve('load', { source: source('b') }, quiet());
		const read = host.serve('read', { run: first.run, names: ['logits'] }, quiet());
		await expect(read).rejects.toMatchObject({ code: 'request' });
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
		files.set('nan', async () => ({ ...timmCheckpoint(), weights: fileOf(damaged), labels: null, notKept: null }));
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
		expect((await answer).top).toHaveLength(5);
		expect(log.started).toEqual(['webgl', 'wasm']);
		expect(log.reports).toHaveLength(1);
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
