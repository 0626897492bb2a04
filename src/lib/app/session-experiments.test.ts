import { beforeEach, describe, expect, it } from 'vitest';
import { Session } from './session.svelte';
import { cut, FakeEngine, photo } from '../run/testing';
import { showRun } from './testing';
import { TOKENS } from '../engine/testing/small';

let engine: FakeEngine;
let session: Session;

/** A session that shows run 1. */
beforeEach(async () => {
	engine = new FakeEngine();
	session = new Session(() => engine, cut);
	await session.start();
	await showRun(session, engine, photo('cat'));
});

describe('a session', () => {
	it('hands reads and experiments on to the engine, and leaves what is shown', async () => {
		const before = session.shown;
		const [weights] = await session.read(1, ['parameters.pos_embed']);
		expect(weights?.shape).toEqual([TOKENS, 4]);
		const other = photo('other').bitmap;
		const asked = { run: 1, photo: other, edits: [{ tap: 'parameters.pos_embed', do: 'zero' }] as const };
		const { taps } = await session.experiment(1, other, asked.edits, ['logits']);
		expect(engine.experiments).toEqual([asked]);
		expect(taps.map(({ name }) => name)).toEqual(['logits']);
		expect(session.shown).toBe(before);
	});

	it('hands on that an experiment was given up', async () => {
		await expect(session.experiment(1, null, [], [], AbortSignal.abort())).rejects.toThrow('aborted');
		expect(engine.experiments).toEqual([]);
	});

	it('says so when there is no engine to ask', async () => {
		const idle = new Session(() => engine, cut);
		await expect(idle.read(1, ['norm'])).rejects.toMatchObject({ code: 'backend' });
		await expect(idle.experiment(1, null, [], [])).rejects.toMatchObject({ code: 'backend' });
	});
});
