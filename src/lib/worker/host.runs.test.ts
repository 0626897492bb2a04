import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../engine/backends/node';
import type { Edit } from '../engine/edits/edit';
import { SIZES, timmCheckpoint } from '../engine/testing/checkpoint';
import type { EngineHost } from './host';
import { forget, modelFiles, photo, quiet, read, ready, run, runOf, source } from './testing';

const tensors = () => tf.memory().numTensors;
/** Places in memory: what tensors share counts once. */
const buffers = () => tf.memory().numDataBuffers;
const LATE: Edit = { tap: 'blocks.1.attn.pattern', head: 1, do: 'zero' };
const other = () => Object.assign(photo(), { width: 40, height: 31 });
const valuesOf = async (host: EngineHost, id: number, name: string) =>
	(await read(host, id, [name]))[0]?.data ?? new Float32Array();

beforeEach(() => useNodeBackend('cpu'));

describe('several runs', () => {
	it('are each read by their id, in any order', async () => {
		const { host } = await ready();
		const [cat, dog] = [await run(host), await run(host, quiet(), other())];
		const before = await valuesOf(host, cat.run, 'logits');
		const edited = await runOf(host, cat.run, { edits: [LATE] });
		expect(await valuesOf(host, dog.run, 'logits')).not.toEqual(before);
		expect(await valuesOf(host, cat.run, 'logits')).toEqual(before);
		expect(await valuesOf(host, edited.run, 'logits')).not.toEqual(before);
		expect(await valuesOf(host, edited.run, 'blocks.0.out')).toEqual(await valuesOf(host, cat.run, 'blocks.0.out'));
	});

	it('say what they were of: an edited one saw what the run saw that it starts from', async () => {
		const { host } = await ready();
		const cat = await run(host);
		expect(cat.edits).toEqual([]);
		const edited = await runOf(host, cat.run, { edits: [LATE] });
		expect(edited).toMatchObject({ edits: [LATE], crop: cat.crop, seen: cat.seen, model: cat.model });
		// What was handed over belongs to whoever asked, and may be changed.
		const seen = cat.seen.data.slice();
		for (const { data } of [cat.seen, edited.seen]) data.fill(7);
		expect((await runOf(host, cat.run)).seen.data).toEqual(seen);
	});

	it('share what lies before the first edit, also where an edited run is named', async () => {
		const { host } = await ready();
		const none = buffers();
		const cat = await run(host);
		const own = buffers();
		const first = await runOf(host, cat.run, { edits: [LATE] });
		const more = buffers() - own;
		// The other half is the first block and what lies before it.
		expect(more).toBeLessThan((own - none) * 0.6);
		await runOf(host, first.run, { edits: [{ ...LATE, head: 0 }] });
		expect(buffers() - own).toBe(2 * more);
	});

	it('are of the same input as an edited run that is named, not of its edits', async () => {
		const { host } = await ready();
		const cat = await run(host);
		const early = await runOf(host, cat.run, { edits: [{ tap: 'embeddings', tokens: 2, do: 'zero' }] });
		const [onEarly, onCat] = [
			await runOf(host, early.run, { edits: [LATE] }),
			await runOf(host, cat.run, { edits: [LATE] })
		];
		expect(await valuesOf(host, onEarly.run, 'logits')).toEqual(await valuesOf(host, onCat.run, 'logits'));
		expect(await valuesOf(host, early.run, 'logits')).not.toEqual(await valuesOf(host, cat.run, 'logits'));
	});

	it('give all of their tensors back, whichever is forgotten first', async () => {
		const { host } = await ready();
		const none = tensors();
		for (const turn of [false, true]) {
			const cat = await run(host);
			const edited = await runOf(host, cat.run, { edits: [LATE] });
			const shared = await valuesOf(host, edited.run, 'blocks.0.out');
			const [first, last] = turn ? [edited, cat] : [cat, edited];
			await forget(host, first.run);
			expect(await valuesOf(host, last.run, 'blocks.0.out')).toEqual(shared);
			await forget(host, last.run, first.run);
			expect(tensors()).toBe(none);
		}
	});

	it('keep to a budget, the one that was asked for longest ago goes first', async () => {
		const { host } = await ready(null, 1);
		const cat = await run(host);
		const held = tensors();
		const dog = await run(host, quiet(), other());
		expect(tensors()).toBe(held);
		await expect(read(host, cat.run, ['logits'])).rejects.toThrow('That run has been let go. Run the photo again.');
		await expect(runOf(host, cat.run)).rejects.toThrow('That run has been let go. Run the photo again.');
		expect(await read(host, dog.run, ['logits'])).toHaveLength(1);
	});

	it('that are asked for beside another one do not cost it, however small the budget', async () => {
		const { host } = await ready(null, 1);
		const { run: shown } = await run(host);
		const like = { photo: other(), crop: null, imageSize: null, like: shown };
		await host.serve('run', { ...like, names: ['norm'] }, quiet());
		const { run: edited } = await runOf(host, shown, { edits: [LATE] });
		await forget(host, shown);
		await runOf(host, edited, { edits: [{ ...LATE, head: 0 }] });
		expect(await read(host, edited, ['logits'])).toHaveLength(1);
	});

	it('keep only the taps that were wanted', async () => {
		const { host } = await ready();
		const { run: number } = await run(host);
		const held = tensors();
		const { run: id, top } = await runOf(host, number, { edits: [LATE], names: ['norm'] });
		expect(top).toHaveLength(5);
		expect(tensors()).toBeLessThan(held + 4);
		expect((await valuesOf(host, id, 'norm')).length).toBe(17 * SIZES.dim);
		await expect(read(host, id, ['blocks.0.out'])).rejects.toMatchObject({ code: 'request' });
		// What starts from it finds nothing to share, and is right all the same.
		const again = await runOf(host, id, { edits: [{ ...LATE, keys: { top: 2, of: 'blocks.0.out' } }] });
		expect((await valuesOf(host, again.run, 'blocks.0.out')).length).toBe(17 * SIZES.dim);
	});
});

describe('an edit that names another run', () => {
	const take = (run: number): Edit => ({ tap: 'blocks.0.out', do: 'replace', run });

	it('takes that one’s numbers in the place of its own', async () => {
		const { host } = await ready();
		const [cat, dog] = [await run(host), await run(host, quiet(), other())];
		const patched = await runOf(host, cat.run, { edits: [take(dog.run)] });
		expect(await valuesOf(host, patched.run, 'logits')).toEqual(await valuesOf(host, dog.run, 'logits'));
		expect(await valuesOf(host, patched.run, 'embeddings')).toEqual(await valuesOf(host, cat.run, 'embeddings'));
	});

	it('takes the mean of several photos', async () => {
		const { host } = await ready();
		const [cat, dog] = [await run(host), await run(host, quiet(), other())];
		const edits: Edit[] = [{ tap: 'norm', do: 'mean', over: 'photos', runs: [dog.run] }];
		const mean = await valuesOf(host, (await runOf(host, cat.run, { edits })).run, 'norm');
		const [a, b] = [await valuesOf(host, cat.run, 'norm'), await valuesOf(host, dog.run, 'norm')];
		for (const [i, value] of mean.entries()) expect(value).toBeCloseTo(((a[i] ?? NaN) + (b[i] ?? NaN)) / 2, 5);
	});

	it.each<[string, (id: number) => Edit, RegExp]>([
		['that was forgotten', (id) => take(id), /^That run has been let go/],
		['that never was', () => take(99), /^There is no such run/],
		['that is no number', () => ({ tap: 'norm', do: 'replace', run: 'b' }), /^There is no run "b"/]
	])('%s is refused, and leaves nothing behind', async (_, edit, says) => {
		const { host, log } = await ready('webgl');
		const [cat, dog] = [await run(host), await run(host)];
		await forget(host, dog.run);
		const held = tensors();
		await expect(runOf(host, cat.run, { edits: [edit(dog.run)] })).rejects.toThrow(says);
		expect(tensors()).toBe(held);
		expect(log.started).toEqual(['webgl']);
	});

	it('that did not keep the tap, has it in another shape, or is of another model, is refused', async () => {
		const { host, files } = await ready();
		const [cat, lean] = [await run(host), await run(host)];
		const kept = await runOf(host, lean.run, { names: ['norm'] });
		const large = await host.serve('run', { photo: photo(), crop: null, imageSize: [115, 115] }, quiet());
		const patch = (from: number) => runOf(host, cat.run, { edits: [take(from)] });
		await expect(patch(kept.run)).rejects.toThrow(`The run "${kept.run}" did not keep "blocks.0.out".`);
		await expect(patch(large.run)).rejects.toThrow(`The run "${large.run}" has "blocks.0.out" in another shape.`);
		files.set('b', async () => modelFiles(timmCheckpoint()));
		await host.serve('load', { source: source('b') }, quiet());
		const own = await run(host);
		const refused = runOf(host, own.run, { edits: [take(cat.run)] });
		await expect(refused).rejects.toThrow(/^The model of that run has made room for another/);
	});
});

describe('when the GPU is lost', () => {
	it('every run can still be read: each is made again when somebody asks', async () => {
		const { host, lose } = await ready('webgl');
		const none = tensors();
		const [cat, dog] = [await run(host), await run(host, quiet(), other())];
		const patched = await runOf(host, cat.run, { edits: [{ tap: 'blocks.0.out', do: 'replace', run: dog.run }] });
		const names = ['blocks.1.attn.pattern', 'logits'];
		const ids = [patched.run, cat.run, dog.run];
		const before = await Promise.all(ids.map((id) => read(host, id, names)));
		lose('the driver crashed');
		expect(await Promise.all(ids.map((id) => read(host, id, names)))).toEqual(before);
		await forget(host, ...ids);
		expect(tensors()).toBe(none);
	});

	it('those of a model that is gone are gone as well, and say so', async () => {
		const { host, lose, log } = await ready('webgl');
		const { run: old } = await run(host);
		await host.serve('load', { source: source('b') }, quiet());
		const { run: own } = await run(host);
		lose('the driver crashed');
		expect(await read(host, own, ['logits'])).toHaveLength(1);
		await expect(read(host, old, ['logits'])).rejects.toThrow('That run has been let go. Run the photo again.');
		expect(log.started).toEqual(['webgl', 'wasm']);
	});
});
