import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Session } from '../app/session.svelte';
import { showRun } from '../app/testing';
import { PatchworkError } from '../base/errors';
import { deferred, settle } from '../base/testing';
import { identityOf } from '../photo/photo';
import { cut, FakeEngine, model, photo, result, source } from '../run/testing';
import { live } from './live';

let engine: FakeEngine;
let session: Session;
let stop: AbortController;
let pictures: ReturnType<typeof photo>[];

const camera = { capture: async () => new Blob(['a picture']) };

beforeEach(async () => {
	[engine, stop, pictures] = [new FakeEngine(), new AbortController(), []];
	session = new Session(() => engine, cut);
	vi.stubGlobal('createImageBitmap', async () => {
		const picture = photo('frame');
		pictures.push(picture);
		return picture.bitmap;
	});
	await session.start();
	await showRun(session, engine, photo('cat'));
});

afterEach(() => vi.unstubAllGlobals());

/** Run `n`, counted from 1, is done. */
async function ran(n: number) {
	await settle();
	engine.runs[n - 1]?.resolve(result(n));
	await settle();
}

/** Whatever was asked for last is done, and what follows it is asked for. */
async function latestRan() {
	for (let turn = 0; turn < 3; turn++) await settle();
	// One that was given up ends, too.
	engine.runs.forEach((run, i) => run.resolve(result(i + 1, model(session.model?.id ?? 'small'))));
	for (let turn = 0; turn < 3; turn++) await settle();
}

const closed = () => pictures.map((picture) => picture.closed());

describe('the live camera', () => {
	it('takes one picture after the other until it is stopped, and none ever waits', async () => {
		const filming = live(session, camera, stop.signal);
		for (const n of [2, 3, 4]) {
			await settle();
			expect([engine.runs.length, pictures.length]).toEqual([n, n - 1]);
			await ran(n);
		}
		stop.abort();
		await ran(5);
		expect(await filming).toBeNull();
		expect(session.shown?.result.run).toBe(5);
		expect(closed(), 'the session closes what it no longer shows').toEqual([1, 1, 1, 0]);
	});

	it('closes a picture that comes after it was stopped', async () => {
		const taken = deferred<Blob>();
		const filming = live(session, { capture: () => taken.promise }, stop.signal);
		stop.abort();
		taken.resolve(new Blob());
		expect(await filming).toBeNull();
		expect([closed(), engine.runs.length]).toEqual([[1], 1]);
	});

	it('makes way for another photo, however slow that one is to come', async () => {
		const filming = live(session, camera, stop.signal);
		await settle();
		const slow = deferred<ReturnType<typeof photo>>();
		const opened = session.open('Opening', () => slow.promise);
		await ran(2);
		expect(await filming).toMatch(/^The camera was switched off, as another photo was asked for/);
		const dog = photo('dog');
		slow.resolve(dog);
		await ran(3);
		expect(await opened).toBe(dog);
		expect([session.shown?.photo, closed()]).toEqual([dog, [1]]);
	});

	it('makes way for one that was opened while it took its picture', async () => {
		const taken = deferred<Blob>();
		const filming = live(session, { capture: () => taken.promise }, stop.signal);
		const dog = photo('dog');
		void session.open('Opening', async () => dog);
		await settle();
		taken.resolve(new Blob());
		await ran(2);
		expect(await filming).toMatch(/another photo/);
		expect([session.shown?.photo, closed()]).toEqual([dog, [1]]);
	});

	it('goes on with another model, at another size, and in another region', async () => {
		const filming = live(session, camera, stop.signal);
		await latestRan();
		void session.useModel(source('other'), 'Loading');
		await latestRan();
		void session.readAt([112, 116]);
		await latestRan();
		const frame = session.shown?.photo;
		if (!frame) throw new Error('Nothing is shown.');
		await latestRan();
		const crop = { x: 1, y: 1, width: 6, height: 4 };
		// It was picked on a picture that has been followed by another.
		expect(session.shown?.photo).not.toBe(frame);
		void session.crop(frame, crop);
		await latestRan();
		expect(session.shown?.crop).toBe(crop);
		const before = session.shown?.photo;
		await latestRan();
		expect([session.shown?.crop, session.shown?.photo === before]).toEqual([crop, false]);
		expect([engine.sizes.at(-1), session.model?.id]).toEqual([[112, 116], 'other']);
		stop.abort();
		await latestRan();
		expect(await filming).toBeNull();
	});

	it('counts its pictures as one photo, and another time as another', async () => {
		const seen: object[] = [];
		for (const from of [2, 4]) {
			const once = new AbortController();
			const filming = live(session, camera, once.signal);
			await ran(from);
			if (session.shown) seen.push(identityOf(session.shown.photo));
			once.abort();
			await ran(from + 1);
			await filming;
			if (session.shown) seen.push(identityOf(session.shown.photo));
		}
		expect([seen[0] === seen[1], seen[1] === seen[2], seen[2] === seen[3]]).toEqual([true, false, true]);
	});

	it('ends where a run fails, which the session reports, or is cancelled', async () => {
		const filming = live(session, camera, stop.signal);
		await settle();
		engine.runs[1]?.reject(new PatchworkError('backend', 'No memory.'));
		expect(await filming).toBeNull();
		expect(session.runs.error).toBe('No memory.');
		const again = live(session, camera, stop.signal);
		await settle();
		session.runs.cancel();
		await ran(3);
		expect(await again).toMatch(/was cancelled/);
	});

	it('says so where no picture could be had', async () => {
		const capture = async () => Promise.reject(new Error('The canvas is tainted.'));
		await expect(live(session, { capture }, stop.signal)).rejects.toThrow('The camera’s picture could not be read');
	});
});
