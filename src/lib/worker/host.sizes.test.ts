import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../engine/backends/node';
import { SIZES } from '../engine/testing/checkpoint';
import { forget, photo, quiet, read, ready, runOf, source } from './testing';

const tensors = () => tf.memory().numTensors;

beforeEach(() => useNodeBackend('cpu'));

type Host = Awaited<ReturnType<typeof ready>>['host'];

const runAt = (host: Host, side: number | null, context = quiet()) =>
	host.serve('run', { photo: photo(), crop: null, imageSize: side === null ? null : [side, side] }, context);

/** The same where one run is remembered at a time. */
async function onlyAt(host: Host, side: number | null, before: number): Promise<number> {
	const { run } = await runAt(host, side);
	await forget(host, before);
	return run;
}

const positions = async (host: Host, run: number) => (await read(host, run, ['parameters.pos_embed']))[0];

describe('a run at another size', () => {
	it('says at what size it was, and shows the pixels that the model saw', async () => {
		const { host } = await ready();
		const { model, seen, run } = await runAt(host, 115);
		expect(model.config).toMatchObject({ imageSize: [115, 115], preprocess: { size: [115, 115] } });
		expect([seen.width, seen.height, seen.data.length]).toEqual([115, 115, 115 * 115 * 4]);
		expect((await positions(host, run))?.shape).toEqual([1 + 23 * 23, SIZES.dim]);
	});

	it('is followed by one at the model’s own size where none is said', async () => {
		const { host } = await ready();
		await runAt(host, 115);
		const { model, run } = await runAt(host, null);
		expect(model.config.imageSize).toEqual([SIZES.image, SIZES.image]);
		expect((await positions(host, run))?.shape).toEqual([17, SIZES.dim]);
	});

	it('leaves no more behind than any other, however often the size changes', async () => {
		const { host } = await ready();
		let { run } = await runAt(host, null);
		const before = tensors();
		for (const side of [115, 120, 120, 115]) run = await onlyAt(host, side, run);
		expect(tensors()).toBe(before + 1);
		run = await onlyAt(host, null, run);
		expect(tensors()).toBe(before);
		run = await onlyAt(host, 115, run);
		await host.serve('load', { source: source('b') }, quiet());
		await onlyAt(host, null, run);
		expect(tensors()).toBe(before);
	});

	it('is read with its own positions, whatever the size of those that came after', async () => {
		const { host } = await ready();
		const { run } = await runAt(host, 115);
		await runAt(host, 120);
		const before = tensors();
		expect((await positions(host, run))?.shape).toEqual([1 + 23 * 23, SIZES.dim]);
		expect(tensors()).toBe(before);
	});

	it('that is refused or cancelled leaves the run before it as it was', async () => {
		const { host } = await ready();
		const { run } = await runAt(host, 120);
		const before = tensors();
		await expect(runAt(host, 117)).rejects.toMatchObject({ code: 'request' });
		const controller = new AbortController();
		const cancelled = runAt(host, 115, quiet(controller.signal));
		setTimeout(() => controller.abort());
		await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
		expect(tensors()).toBe(before);
		expect((await positions(host, run))?.shape).toEqual([1 + 24 * 24, SIZES.dim]);
	});

	it('is where runs that start from it are made', async () => {
		const { host } = await ready();
		const { run } = await runAt(host, 115);
		const edits = [{ tap: 'parameters.pos_embed', do: 'zero' }] as const;
		const changes = { edits, names: ['embeddings'] };
		const like = { photo: photo(), crop: null, imageSize: null, like: run };
		for (const asked of [runOf(host, run, changes), host.serve('run', { ...like, ...changes }, quiet())]) {
			const [embeddings] = await read(host, (await asked).run, ['embeddings']);
			expect(embeddings?.shape).toEqual([1, 1 + 23 * 23, SIZES.dim]);
		}
	});

	it('is there again when a GPU is lost, at its size', async () => {
		const { host, lose } = await ready('webgl');
		const { run } = await runAt(host, 115);
		lose('test');
		expect((await positions(host, run))?.shape).toEqual([1 + 23 * 23, SIZES.dim]);
		expect((await runAt(host, 115)).model.config.imageSize).toEqual([115, 115]);
	});
});
