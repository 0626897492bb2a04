import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../engine/backends/node';
import type { Edit } from '../engine/edits/edit';
import { Model } from '../engine/model';
import { preprocess } from '../engine/preprocess';
import { timmCheckpoint } from '../engine/testing/checkpoint';
import type { EngineHost } from './host';
import { forget, photo, pixelsOf, quiet, read, ready, run, runOf, source } from './testing';

const tensors = () => tf.memory().numTensors;
const PATCHES = 16;
const REVERSED = Array.from({ length: PATCHES }, (_, i) => PATCHES - 1 - i);
const SHUFFLED: Edit = { tap: 'pixel_values', tokens: 'patches', do: 'permute', order: REVERSED };
const WITHOUT_POSITIONS: Edit = { tap: 'parameters.pos_embed', do: 'zero' };

interface Asked {
	number: number;
	on?: ImageBitmap | null;
	edits?: readonly Edit[];
	names?: readonly string[];
	context?: ReturnType<typeof quiet>;
}

/** A run beside another one, of which only some taps are read. */
async function aside(host: EngineHost, { number, on = null, edits = [], names = [], context = quiet() }: Asked) {
	const changes = { edits, names };
	const onPhoto = { photo: on ?? photo(), crop: null, imageSize: null, like: number, ...changes };
	const { run: id, ...result } = on
		? await host.serve('run', onPhoto, context)
		: await runOf(host, number, changes, context);
	try {
		return { ...result, taps: await read(host, id, names) };
	} finally {
		await forget(host, id);
	}
}

/** What the engine alone gives. */
async function logitsOf(bitmap: ImageBitmap, edits: readonly Edit[]): Promise<Float32Array> {
	const model = Model.load(timmCheckpoint());
	const { pixelValues } = preprocess(pixelsOf(bitmap), model.config.preprocess, null);
	const trace = await model.run(pixelValues, { edits });
	const { data } = await trace.read('logits');
	trace.dispose();
	model.dispose();
	return data;
}

beforeEach(() => useNodeBackend('cpu'));

describe('a run aside', () => {
	it('gives what the engine gives, and leaves the run and its trace as they are', async () => {
		const { host } = await ready();
		const { run: number } = await run(host);
		const [before] = await read(host, number, ['logits']);
		const held = tensors();
		const edits = [SHUFFLED, WITHOUT_POSITIONS];
		const { taps, top, model } = await aside(host, { number, edits, names: ['logits'] });
		expect(taps[0]?.data).toEqual(await logitsOf(photo(), edits));
		expect(taps[0]?.data).not.toEqual(before?.data);
		expect(model).toMatchObject({ id: 'a' });
		const likeliest = taps[0]?.data.indexOf(Math.max(...(taps[0]?.data ?? [])));
		expect(top[0]?.index).toBe(likeliest);
		expect(tensors()).toBe(held);
		expect(await read(host, number, ['logits'])).toEqual([before]);
	});

	it('runs another photo, by its centre, and closes it', async () => {
		const { host } = await ready();
		const { run: number } = await run(host);
		const other = Object.assign(photo(), { width: 40, height: 31 });
		const { taps } = await aside(host, { number, on: other, names: ['logits'] });
		expect(taps[0]?.data).toEqual(await logitsOf(other, []));
		expect(other.closed).toBe(1);
		const [own] = await read(host, number, ['logits']);
		expect(own?.data).toEqual(await logitsOf(photo(), []));
	});

	it('gives taps and parameters in the order in which they were asked for', async () => {
		const { host } = await ready();
		const { run: number } = await run(host);
		const names = ['parameters.pos_embed', 'norm', 'blocks.0.query', 'parameters.head.bias'];
		const { taps } = await aside(host, { number, names });
		expect(taps.map(({ name }) => name)).toEqual(names);
		expect(taps[0]?.data).toEqual((await read(host, number, ['parameters.pos_embed']))[0]?.data);
	});

	it.each<[string, Partial<Asked>]>([
		['of a run that is gone', { number: 99 }],
		['for a tap that is not there', { names: ['blocks.9.out'] }],
		['with an order that is none', { edits: [{ tap: 'patch_embed', do: 'permute', order: [0] }] }]
	])('%s is refused, and leaves nothing behind', async (_, asked) => {
		const { host, log } = await ready('webgl');
		const { run: number } = await run(host);
		const held = tensors();
		const other = photo();
		const refused = aside(host, { number, on: other, ...asked });
		await expect(refused).rejects.toMatchObject({ code: 'request' });
		expect(tensors()).toBe(held);
		expect(other.closed).toBe(1);
		expect(log.started).toEqual(['webgl']);
	});

	it('is refused once another model is loaded', async () => {
		const { host } = await ready();
		const { run: number } = await run(host);
		await host.serve('load', { source: source('b') }, quiet());
		await expect(aside(host, { number })).rejects.toMatchObject({ code: 'request' });
	});

	it('stops when cancelled, before its turn or after it began, and leaves nothing behind', async () => {
		const { host } = await ready();
		const { run: number } = await run(host);
		const held = tensors();
		const early = new AbortController();
		early.abort();
		const other = photo();
		const unbegun = aside(host, { number, on: other, context: quiet(early.signal) });
		await expect(unbegun).rejects.toMatchObject({ code: 'cancelled' });
		expect(other.closed).toBe(1);
		const late = new AbortController();
		const begun = aside(host, { number, names: ['norm'], context: quiet(late.signal) });
		late.abort();
		await expect(begun).rejects.toMatchObject({ code: 'cancelled' });
		expect(tensors()).toBe(held);
		expect(await read(host, number, ['norm'])).toHaveLength(1);
	});

	it('goes on with the next backend when the GPU is lost under it', async () => {
		const { host, log, lose } = await ready('webgl');
		const { run: number } = await run(host);
		const held = tensors();
		const edits = [SHUFFLED];
		const answer = aside(host, { number, edits, names: ['logits'] });
		lose('the driver crashed');
		expect((await answer).taps[0]?.data).toEqual(await logitsOf(photo(), edits));
		expect(log.started).toEqual(['webgl', 'wasm']);
		expect(await read(host, number, ['logits'])).toHaveLength(1);
		expect(tensors()).toBe(held);
	});
});

describe('reading', () => {
	it('gives parameters beside taps', async () => {
		const { host } = await ready();
		const { run: number } = await run(host);
		const [weight, logits] = await read(host, number, ['parameters.head.weight', 'logits']);
		expect(weight?.shape).toEqual([15, 7]);
		expect(logits?.shape).toEqual([1, 7]);
	});

	it('refuses a name that is neither', async () => {
		const { host } = await ready();
		const { run: number } = await run(host);
		await expect(read(host, number, ['parameters.head.scale'])).rejects.toMatchObject({ code: 'request' });
	});
});
