import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PatchworkError } from '../base/errors';
import type { Edit } from '../engine/edits/edit';
import { cut, FakeEngine, model, photo, result, source } from '../run/testing';
import { deferred, settle } from '../base/testing';
import { TOKENS } from '../engine/testing/small';
import { showRun } from './testing';
import type { Photo } from '../photo/photo';
import { Session } from './session.svelte';

const EDITS: Edit[] = [{ tap: 'parameters.pos_embed', do: 'zero' }];

let engine: FakeEngine;
let session: Session;
let cat: Photo & { closed(): number };

/** A session that shows run 1. */
beforeEach(async () => {
	engine = new FakeEngine();
	session = new Session(() => engine, cut);
	await session.start();
	cat = await showRun(session, engine, photo('cat'));
});

const open = (picture: Photo) => session.open('Opening', async () => picture);

/** The run that was asked for last is answered. */
async function answer(id: number, edits: readonly Edit[] = []): Promise<void> {
	engine.runs.at(-1)?.resolve({ ...result(id), edits });
	await settle();
}

describe('a run aside', () => {
	it('is read and forgotten, and leaves what is shown', async () => {
		const before = session.shown;
		const [weights] = await session.read(1, ['parameters.pos_embed']);
		expect(weights?.shape).toEqual([TOKENS, 4]);
		const asked = session.aside(1, { photo: null, edits: EDITS, names: ['logits'] });
		await answer(2, EDITS);
		const { taps } = await asked;
		expect(engine.asked.at(-1)).toEqual({ on: { of: 1 }, edits: EDITS, names: ['logits'] });
		expect(taps.map(({ name }) => name)).toEqual(['logits']);
		expect(engine.forgotten).toEqual([2]);
		expect(session.shown).toBe(before);
	});

	it('is made by the model of the run that it is beside, also of another photo', async () => {
		const other = photo('other').bitmap;
		const asked = session.aside(1, { photo: other, edits: [], names: ['logits'] });
		await answer(2);
		await asked;
		expect(engine.asked.at(-1)).toEqual({ on: other, like: 1, edits: [], names: ['logits'] });
	});

	it('is forgotten as well when it was given up, or cannot be read', async () => {
		const controller = new AbortController();
		const given = session.aside(1, { photo: null, edits: [], names: [], signal: controller.signal });
		controller.abort();
		void answer(2);
		await expect(given).rejects.toMatchObject({ code: 'cancelled' });
		const unread = session.aside(1, { photo: null, edits: [], names: ['nothing'] });
		void answer(3);
		await expect(unread).rejects.toThrow('No tap is named nothing.');
		expect(engine.forgotten).toEqual([2, 3]);
	});

	it('says so when there is no engine to ask', async () => {
		const idle = new Session(() => engine, cut);
		await expect(idle.read(1, ['norm'])).rejects.toMatchObject({ code: 'backend' });
		const asked = idle.aside(1, { photo: null, edits: [], names: [] });
		await expect(asked).rejects.toMatchObject({ code: 'backend' });
	});
});

describe('the engine', () => {
	it('is let go of a run when another is shown in its place, and not before', async () => {
		const opened = open(photo('dog'));
		await settle();
		expect(engine.forgotten).toEqual([]);
		await answer(2);
		await opened;
		expect(engine.forgotten).toEqual([1]);
	});

	it('is let go at once of a run that was given up while it was read', async () => {
		const reading = deferred<never>();
		const read = vi.spyOn(engine, 'read').mockReturnValueOnce(reading.promise);
		const slow = open(photo('slow'));
		await settle();
		await answer(2);
		expect(read).toHaveBeenCalledOnce();
		const latest = open(photo('latest'));
		await settle();
		expect(engine.forgotten).toEqual([2]);
		reading.reject(new PatchworkError('request', 'Gone.'));
		await answer(3);
		await Promise.all([slow, latest]);
		expect(engine.forgotten).toEqual([2, 1]);
		expect(session.shown?.result.run).toBe(3);
	});

	it('is let go of a run that came too late, or cannot be read', async () => {
		const late = open(photo('late'));
		await settle();
		const [, second] = engine.runs;
		session.runs.cancel();
		second?.resolve(result(2));
		await late;
		vi.spyOn(engine, 'read').mockRejectedValueOnce(new PatchworkError('request', 'Nothing there.'));
		const unread = open(photo('unread'));
		await settle();
		await answer(3);
		await unread;
		expect(engine.forgotten).toEqual([2, 3]);
		expect([session.shown?.result.run, session.runs.error]).toEqual([1, 'Nothing there.']);
	});
});

describe('a run with edits', () => {
	it('is shown like any other, starts from the one before, and says what was changed', async () => {
		const edited = session.edit(EDITS);
		await settle();
		expect(engine.asked.at(-1)).toMatchObject({ on: { of: 1 }, edits: EDITS });
		await answer(2, EDITS);
		await edited;
		expect(session.shown).toMatchObject({ edits: EDITS, photo: cat, result: { run: 2 } });
		expect(session.shown?.layers[1]?.mean.data[0]).toBe(2);
		expect([engine.forgotten, cat.closed()]).toEqual([[1], 0]);
		const undone = session.edit([]);
		await answer(3);
		await undone;
		expect(session.shown?.edits).toEqual([]);
	});

	it('leaves what is shown where the edits are refused', async () => {
		const edited = session.edit(EDITS);
		await settle();
		engine.runs.at(-1)?.reject(new PatchworkError('request', 'Edit 1: this model has no tap "x".'));
		await edited;
		expect(session.shown).toMatchObject({ edits: [], result: { run: 1 } });
		expect(session.runs.error).toMatch(/^Edit 1/);
		expect(engine.forgotten).toEqual([]);
	});

	it('stays one at another size, and not with another model or photo', async () => {
		const edited = session.edit(EDITS);
		await answer(2, EDITS);
		await edited;
		const larger = session.readAt([112, 116]);
		await answer(3, EDITS);
		await larger;
		expect(engine.asked.at(-1)).toMatchObject({ on: cat.bitmap, edits: EDITS });
		const other = session.useModel(source('other'), 'Loading');
		await settle();
		expect(engine.asked.at(-1)).toMatchObject({ on: cat.bitmap, edits: [] });
		engine.runs.at(-1)?.resolve(result(4, model('other')));
		await other;
		void open(photo('dog'));
		await settle();
		expect(engine.asked.at(-1)?.edits).toEqual([]);
	});
});

describe('a session beside this one that shares its engine', () => {
	let beside: Session;
	beforeEach(async () => {
		beside = new Session(() => session.share(), cut);
		await beside.start();
	});

	it('runs the model that is loaded, on a photo of its own', async () => {
		const load = vi.spyOn(engine, 'load');
		expect(await beside.useModel(source('small'), 'Loading')).toBe(true);
		const opened = beside.open('Opening', async () => photo('dog'));
		await settle();
		await answer(2);
		await opened;
		expect(load).not.toHaveBeenCalled();
		expect([session.shown?.result.run, beside.shown?.result.run]).toEqual([1, 2]);
		expect(engine.forgotten).toEqual([]);
	});

	it('refuses another model, and says where to choose it', async () => {
		expect(await beside.useModel(source('large'), 'Loading')).toBe(false);
		expect(beside.models.error).toBe('The model here is that of the panel beside it. Choose another one there.');
		expect(session.model?.id).toBe('small');
	});

	it('shows the same photo after an edit, from the run that is shown here', async () => {
		const [before, copy] = [session.shown ?? expect.fail('nothing is shown'), photo('copy')];
		const shown = beside.showAfter(before, EDITS, async () => copy);
		await settle();
		await answer(2, EDITS);
		await shown;
		expect(engine.asked.at(-1)).toMatchObject({ on: { of: 1 }, edits: EDITS });
		expect(beside.shown).toMatchObject({ edits: EDITS, photo: copy });
		expect(session.shown).toBe(before);
	});

	it('ends without the engine, and lets it forget its runs: those that come too late as well', async () => {
		await beside.useModel(source('small'), 'Loading');
		const opened = beside.open('Opening', async () => photo('dog'));
		await settle();
		await answer(2);
		await opened;
		const late = beside.open('Opening', async () => photo('bird'));
		await settle();
		beside.stop();
		await answer(3);
		await late;
		expect([...new Set(engine.forgotten)]).toEqual([2, 3]);
		expect(engine.disposed).toBe(false);
		expect(session.shown?.result.run).toBe(1);
	});

	it('leaves it to the other one to tell that the backend has changed', () => {
		engine.fallBackTo('wasm');
		expect([session.backend?.name, beside.backend?.name]).toEqual(['wasm', 'cpu']);
	});
});
