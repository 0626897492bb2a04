import { beforeEach, describe, expect, it } from 'vitest';
import { shownOn } from '../app/testing';
import { PatchworkError } from '../base/errors';
import { settle } from '../base/testing';
import type { Edit } from '../engine/edits/edit';
import { FakeEngine, photo, result } from '../run/testing';
import type { Shown } from '../run/shown';
import { After } from './after.svelte';

const edit = (block: number): Edit[] => [{ tap: `blocks.${block}`, do: 'skip' }];

let engine: FakeEngine;
let base: Shown;
let after: After;
const taken: string[] = [];

/** What stands beside run 1. */
beforeEach(async () => {
	engine = new FakeEngine();
	base = await shownOn(engine);
	taken.length = 0;
	after = new After(engine, async (name) => {
		taken.push(name);
		if (name === 'sample:lost') throw new PatchworkError('request', 'There is no such sample.');
		return photo(name).bitmap;
	});
});

/** Answers the run that was asked for last. */
async function answer(id: number): Promise<void> {
	await settle();
	engine.runs.at(-1)?.resolve(result(id));
	await settle();
	await settle();
}

describe('what comes after edits', () => {
	it('is a run of what the untouched one saw, and is gone with the edits', async () => {
		after.follow(base, edit(0));
		expect(after.busy).toBe(true);
		await answer(2);
		expect(engine.asked.at(-1)).toMatchObject({ on: { of: 1 }, edits: edit(0) });
		expect(after.shown).toMatchObject({ photo: base.photo, picture: base.picture, edits: edit(0) });
		expect(after.shown?.result.run).toBe(2);
		after.follow(base, []);
		expect([after.shown, after.busy, after.error]).toEqual([null, false, null]);
		expect(engine.forgotten).toEqual([2]);
	});

	it('lets only the newest order wait, and keeps the last answer until the next is there', async () => {
		after.follow(base, edit(0));
		await settle();
		for (const block of [1, 0, 1]) after.follow(base, edit(block));
		await settle();
		expect(engine.runs).toHaveLength(2);
		await answer(2);
		expect(engine.runs).toHaveLength(3);
		expect(after.shown?.result.run).toBe(2);
		await answer(3);
		expect(after.shown?.edits).toEqual(edit(1));
		expect([engine.runs.length, after.busy]).toEqual([3, false]);
		expect(engine.forgotten).toEqual([2]);
	});

	it('does nothing where it is told the same again, as an effect may', async () => {
		const edits = edit(0);
		for (let i = 0; i < 3; i++) after.follow(base, edits);
		await answer(2);
		after.follow(base, edits);
		await settle();
		expect([engine.runs.length, after.busy, after.shown?.result.run]).toEqual([2, false, 2]);
	});

	it('is dropped where it comes for a photo that is shown no more', async () => {
		after.follow(base, edit(0));
		await settle();
		const next = { ...base, result: result(7) };
		after.follow(next, edit(1));
		await answer(2);
		expect(after.shown).toBeNull();
		expect(engine.forgotten).toEqual([2]);
		expect(engine.asked.at(-1)).toMatchObject({ on: { of: 7 }, edits: edit(1) });
		await answer(8);
		expect(after.shown?.result.run).toBe(8);
	});

	it('stays as it was where an order cannot be carried out, and says why', async () => {
		after.follow(base, edit(0));
		await answer(2);
		after.follow(base, edit(9));
		await settle();
		engine.runs.at(-1)?.reject(new PatchworkError('request', 'Edit 1 cannot be carried out: no such block.'));
		await settle();
		expect(after.error).toBe('Edit 1 cannot be carried out: no such block.');
		expect(after.shown?.result.run).toBe(2);
		after.follow(base, edit(1));
		await answer(3);
		expect(after.error).toBeNull();
	});

	it('runs another photo once, for the taps that edits take, by the model of the untouched run', async () => {
		const swap: Edit[] = [{ tap: 'blocks.*.out', tokens: 1, do: 'replace', run: 'sample:owl' }];
		after.follow(base, swap);
		await settle();
		expect(engine.asked.at(-1)).toMatchObject({ like: 1, names: ['blocks.0.out', 'blocks.1.out'] });
		expect(after.photos).toEqual({ done: 0, of: 1 });
		await answer(2);
		expect(engine.asked.at(-1)).toMatchObject({ on: { of: 1 }, edits: [{ ...swap[0], run: 2 }] });
		await answer(3);
		expect(after.photos).toBeNull();
		// What is shown says the photo and not the engine's number.
		expect(after.shown?.edits).toEqual(swap);
		after.follow(base, [...swap, ...edit(1)]);
		await answer(4);
		expect(taken).toEqual(['sample:owl']);
		after.follow({ ...base, result: result(9) }, swap);
		await settle();
		expect(taken).toEqual(['sample:owl', 'sample:owl']);
		expect(engine.forgotten).toContain(2);
	});

	it('stops running photos for an order that was taken back, and goes on with the next', async () => {
		const runs = ['sample:owl', 'sample:dog', 'sample:cat'];
		after.follow(base, [...edit(0), { tap: 'norm', do: 'mean', over: 'photos', runs }]);
		await settle();
		expect(after.photos).toEqual({ done: 0, of: 3 });
		after.follow(base, edit(0));
		const { signal } = engine.asked.at(-1) ?? {};
		expect(signal?.aborted).toBe(true);
		engine.runs.at(-1)?.reject(new PatchworkError('cancelled', 'Cancelled.'));
		await answer(3);
		expect(taken).toEqual(['sample:owl']);
		expect([after.photos, after.error, after.shown?.result.run]).toEqual([null, null, 3]);
	});

	it('says so where a photo cannot be had', async () => {
		after.follow(base, [{ tap: 'norm', do: 'replace', run: 'sample:lost' }]);
		await settle();
		expect([after.error, after.busy]).toEqual(['There is no such sample.', false]);
	});

	it('leaves nothing behind', async () => {
		after.follow(base, [{ tap: 'norm', do: 'replace', run: 'sample:owl' }]);
		await settle();
		await answer(2);
		await answer(3);
		after.stop();
		expect(engine.forgotten.sort()).toEqual([2, 3]);
		expect(engine.disposed).toBe(true);
	});
});
