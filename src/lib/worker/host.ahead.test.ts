import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../engine/backends/node';
import { readSafetensors } from '../engine/checkpoint/safetensors';
import { timmCheckpoint } from '../engine/testing/checkpoint';
import { deferred, settle } from '../base/testing';
import { PatchworkError } from '../base/errors';
import { memorySource } from '../engine/checkpoint/bytes';
import type { ModelFiles } from '../models/model-files';
import { altered } from '../models/transfer';
import { makeHost, modelFiles, photo, quiet, read, run, source } from './testing';

beforeAll(() => useNodeBackend('cpu'));

/** A host that has a backend, and is told that a page is on its way. */
async function told() {
	const made = makeHost();
	await made.host.serve('start', { force: null }, quiet());
	const first = deferred<ModelFiles>();
	made.files.set('first', () => first.promise);
	await made.host.ahead();
	return { ...made, first };
}

const load = (host: Awaited<ReturnType<typeof told>>['host'], id: string, context = quiet()) =>
	host.serve('load', { source: source(id) }, context);

describe('the model with which a visit begins', () => {
	it('is fetched once, and taken over by the page that asks for it, with its progress', async () => {
		const { host, log, first } = await told();
		const heard: number[] = [];
		const asked = load(host, 'first', { ...quiet(), onProgress: ({ loaded }) => heard.push(loaded) });
		first.resolve(modelFiles());
		expect((await asked).id).toBe('first');
		expect(heard).toEqual([1]);
		expect(log.fetched).toEqual(['first']);
		expect((await run(host)).run).toBe(1);
	});

	it('is given up, without a trace, where the page asks for another', async () => {
		const { host, log, first } = await told();
		const before = tf.memory().numTensors;
		first.resolve(modelFiles());
		expect((await load(host, 'other')).id).toBe('other');
		const loaded = tf.memory().numTensors;
		await load(host, 'other');
		expect(tf.memory().numTensors).toBe(loaded);
		expect(before).toBeLessThan(loaded);
		expect(log.fetched).toEqual(['first', 'other', 'other']);
		expect((await run(host)).model.id).toBe('other');
		expect(log.givenUp).toBe(1);
	});

	it('is not begun where the page was first', async () => {
		const { host, log } = makeHost();
		await host.serve('start', { force: null }, quiet());
		const asked = load(host, 'other');
		await host.ahead();
		await asked;
		expect(log.fetched).toEqual(['other']);
		expect(log.givenUp).toBe(1);
	});

	it('tells the page why it failed, and is fetched when it is asked for once more', async () => {
		const { host, log, first, files } = await told();
		first.reject(new PatchworkError('network', 'The site does not answer.'));
		await expect(load(host, 'first')).rejects.toMatchObject({ code: 'network' });
		files.set('first', async () => modelFiles());
		expect((await load(host, 'first')).id).toBe('first');
		expect(log.fetched).toEqual(['first', 'first']);
	});

	it('stops with the page that has taken it over', async () => {
		const { host, first } = await told();
		const stop = new AbortController();
		const asked = load(host, 'first', quiet(stop.signal));
		stop.abort();
		first.resolve(modelFiles());
		await expect(asked).rejects.toThrow();
		await expect(run(host)).rejects.toMatchObject({ code: 'request' });
	});
});

describe('the sample with which a visit begins', () => {
	/** A host that has run it, or tries to, by the model with which visits begin. */
	async function toldOfSample(take = async (bitmap: ImageBitmap) => ({ sample: 'ball', bitmap })) {
		const made = makeHost();
		await made.host.serve('start', { force: null }, quiet());
		const bitmap = photo();
		const first = deferred<ModelFiles>();
		made.files.set('first', () => first.promise);
		made.beginWith(() => take(bitmap));
		const ahead = made.host.ahead();
		return { ...made, bitmap, first, ahead };
	}

	type Host = Awaited<ReturnType<typeof toldOfSample>>['host'];
	const plain = { crop: null, imageSize: null, sample: 'ball' };
	const ask = (host: Host, bitmap = photo(), other = {}) =>
		host.serve('run', { photo: bitmap, ...plain, ...other }, quiet());

	async function ran() {
		const made = await toldOfSample();
		made.first.resolve(modelFiles());
		await made.ahead;
		await load(made.host, 'first');
		return made;
	}

	it('has been run when the page asks for that, which is told the same as if it had not', async () => {
		const { host, bitmap } = await ran();
		expect(bitmap.closed).toBe(1);
		const [before, mine] = [tf.memory().numTensors, photo()];
		const answer = await ask(host, mine);
		expect([answer.run, tf.memory().numTensors, mine.closed]).toEqual([1, before, 1]);
		const again = await ask(host);
		expect(again.run).toBe(2);
		expect({ ...answer, run: 2, milliseconds: again.milliseconds }).toEqual(again);
		const [[made], [anew]] = [await read(host, 1, ['logits']), await read(host, 2, ['logits'])];
		expect(made?.data).toEqual(anew?.data);
	});

	it('is made ready while the model’s weights still come', async () => {
		const { host, log, bitmap, first, ahead } = await toldOfSample();
		await settle();
		const { weights, ...contents } = timmCheckpoint();
		expect(bitmap.closed).toBe(0);
		log.foresee?.({ ...contents, labels: null, index: null }, readSafetensors(weights));
		await settle();
		expect(bitmap.closed).toBe(1);
		first.resolve(modelFiles());
		await ahead;
		await load(host, 'first');
		const { seen, pixelValues } = await ask(host);
		const anew = await ask(host);
		expect([seen, pixelValues]).toEqual([anew.seen, anew.pixelValues]);
	});

	it.each([
		['another photo', { sample: null }],
		['another sample', { sample: 'boat' }],
		['a part of it', { crop: { x: 0, y: 0, width: 9, height: 9 } }],
		['another size', { imageSize: [115, 115] as const }],
		['it with a change', { edits: [{ tap: 'norm', do: 'zero' }] }],
		['a few taps of it', { names: ['norm'] }]
	])('is forgotten where the page asks for %s', async (_, other) => {
		const { host } = await ran();
		const held = tf.memory().numTensors;
		expect((await ask(host, photo(), other)).run).toBe(2);
		await expect(read(host, 1, ['logits'])).rejects.toMatchObject({ code: 'request' });
		await host.serve('forget', { runs: [2] }, quiet());
		expect(tf.memory().numTensors).toBeLessThan(held);
	});

	it('is forgotten with the model, where the page asks for another', async () => {
		const { host } = await ran();
		await load(host, 'other');
		expect((await ask(host)).model.id).toBe('other');
		await expect(read(host, 1, ['logits'])).rejects.toMatchObject({ code: 'request' });
	});

	it('is not run where the page was first, and its bitmap is closed', async () => {
		const made = await toldOfSample();
		await load(made.host, 'other');
		made.first.resolve(modelFiles());
		await made.ahead;
		expect(made.bitmap.closed).toBe(1);
		expect((await ask(made.host)).run).toBe(1);
	});

	it('that cannot be had is missed by nobody', async () => {
		const made = await toldOfSample(() => Promise.reject(new PatchworkError('network', 'The site does not answer.')));
		made.first.resolve(modelFiles());
		await made.ahead;
		await load(made.host, 'first');
		expect((await ask(made.host)).model.id).toBe('first');
	});

	it('is not run where a model cannot be', async () => {
		const { host, first, ahead, bitmap, files } = await toldOfSample();
		first.reject(new PatchworkError('network', 'The site does not answer.'));
		await ahead;
		expect(bitmap.closed).toBe(1);
		files.set('first', async () => modelFiles());
		await expect(load(host, 'first')).rejects.toMatchObject({ code: 'network' });
	});
});

describe('a model whose checksum is not known yet', () => {
	const checking = async () => {
		const made = makeHost();
		await made.host.serve('start', { force: null }, quiet());
		const checked = deferred<undefined>();
		made.files.set('a', async () => ({ ...modelFiles(), checked: checked.promise }));
		return { ...made, checked };
	};

	it('is made known once it is', async () => {
		const { host, checked } = await checking();
		const asked = load(host, 'a');
		let isKnown = false;
		void asked.then(() => (isKnown = true));
		await settle();
		await settle();
		expect(isKnown).toBe(false);
		checked.resolve(undefined);
		expect((await asked).id).toBe('a');
	});

	it('is thrown away, with a sentence, where it is another', async () => {
		const { host, checked, log } = await checking();
		const before = tf.memory().numTensors;
		const asked = load(host, 'a');
		await settle();
		checked.reject(altered('model.safetensors'));
		await expect(asked).rejects.toThrow('is not the file that was announced');
		expect(tf.memory().numTensors).toBe(before);
		await expect(run(host)).rejects.toMatchObject({ code: 'request' });
		expect(log.stopped).toEqual([]);
	});

	it('is called damaged, not no checkpoint, where it is both', async () => {
		const { host, files, checked } = await checking();
		const damaged = { bytes: 8, held: false, open: async () => [memorySource(new ArrayBuffer(8))] };
		files.set('a', async () => ({ ...modelFiles(), weights: damaged, checked: checked.promise }));
		const asked = load(host, 'a');
		await settle();
		checked.reject(altered('model.safetensors'));
		await expect(asked).rejects.toThrow('is not the file that was announced');
	});
});

it('starts one backend, however often the same is asked for', async () => {
	const { host, log } = makeHost();
	const [early, late] = [host.serve('start', { force: null }, quiet()), host.serve('start', { force: null }, quiet())];
	expect(await late).toEqual(await early);
	expect(log.started).toEqual(['wasm']);
});
