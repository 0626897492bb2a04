import { beforeEach, describe, expect, it } from 'vitest';
import { PatchworkError } from '../base/errors';
import { Session } from './session.svelte';
import { cut, FakeEngine, model, photo, result, source } from '../run/testing';
import { deferred, settle } from '../base/testing';
import { showRun } from './testing';
import { SMALL_CONFIG, TOKENS } from '../engine/testing/small';
import type { Photo } from '../photo/photo';

let engine: FakeEngine;
let session: Session;

beforeEach(() => {
	engine = new FakeEngine();
	session = new Session(() => engine, cut);
	return session.start();
});

/** Opens a photo that is already decoded. */
const open = (picture: Photo) => session.open('Opening', async () => picture);

const showing = <T extends Photo>(picture: T) => showRun(session, engine, picture);

/** A session that shows nothing yet, for the run of its first photo failed. */
async function failingAtFirst(picture: Photo): Promise<void> {
	await session.useModel(source('small'), 'Loading');
	const opened = open(picture);
	await settle();
	engine.runs[0]?.reject(new PatchworkError('backend', 'No.'));
	await opened;
}

describe('Session', () => {
	it('shows a run with everything that was read from it', async () => {
		await showing(photo('cat'));
		expect(session.shown?.result.run).toBe(1);
		expect(session.shown?.layers).toHaveLength(2);
		expect(session.shown?.layers[0]?.heads).toMatchObject({
			heads: 2,
			tokens: TOKENS,
			rows: 2,
			columns: 3,
			patchSize: 4
		});
		expect(session.shown?.layers[1]?.mean.data).toEqual(new Float32Array(TOKENS * TOKENS).fill(1));
		// Every entry of this run is 1, and an embedding has four.
		expect(session.shown?.embeddingNorms).toEqual(new Float32Array(6).fill(2));
	});

	it('keeps a photo that was opened before there is a model, and runs it then', async () => {
		const cat = photo('cat');
		await open(cat);
		expect(engine.runs).toHaveLength(0);
		const loaded = session.useModel(source('small'), 'Loading');
		await settle();
		engine.runs[0]?.resolve(result(1));
		expect(await loaded).toBe(true);
		expect(session.shown?.photo).toBe(cat);
		expect(cat.closed()).toBe(0);
	});

	it('frees a waiting photo that another takes the place of', async () => {
		const [first, second] = [photo('first'), photo('second')];
		await open(first);
		await open(second);
		expect([first.closed(), second.closed()]).toEqual([1, 0]);
	});

	it('lets a photo dropped while another runs replace it, and frees the older one', async () => {
		const [shown, slow, latest] = [photo('shown'), photo('slow'), photo('latest')];
		await showing(shown);
		const first = open(slow);
		await settle();
		const second = open(latest);
		await settle();
		expect(slow.closed()).toBe(0);
		engine.runs[1]?.resolve(result(2));
		await first;
		expect(session.shown?.photo).toBe(shown);
		engine.runs[2]?.resolve(result(3));
		await second;
		expect(session.shown?.photo).toBe(latest);
		expect([shown, slow, latest].map((picture) => picture.closed())).toEqual([1, 1, 0]);
	});

	it('keeps the previous photo and result when a photo cannot be read', async () => {
		const cat = await showing(photo('cat'));
		const opened = await session.open('Opening', () =>
			Promise.reject(new PatchworkError('photo', 'The file is empty.'))
		);
		expect(opened).toBeNull();
		expect(session.photos.error).toBe('The file is empty.');
		expect(session.shown?.photo).toBe(cat);
		expect(cat.closed()).toBe(0);
	});

	it('keeps the previous photo and result when the run fails, and frees the new photo', async () => {
		const [cat, dog] = [photo('cat'), photo('dog')];
		await showing(cat);
		const opened = open(dog);
		await settle();
		engine.runs[1]?.reject(new PatchworkError('backend', 'No backend runs.'));
		await opened;
		expect(session.runs.error).toBe('No backend runs.');
		expect(session.shown?.photo).toBe(cat);
		expect([cat.closed(), dog.closed()]).toEqual([0, 1]);
	});

	it('tries the very first photo again with another model when its run failed', async () => {
		const cat = photo('cat');
		await failingAtFirst(cat);
		expect(cat.closed()).toBe(0);
		const loaded = session.useModel(source('other'), 'Loading');
		await settle();
		engine.runs[1]?.resolve(result(2));
		await loaded;
		expect(session.shown?.photo).toBe(cat);
	});

	it('frees the very first photo when its run failed and another is opened', async () => {
		const [cat, dog] = [photo('cat'), photo('dog')];
		await failingAtFirst(cat);
		const opened = open(dog);
		await settle();
		engine.runs[1]?.resolve(result(2));
		await opened;
		expect([cat.closed(), dog.closed()]).toEqual([1, 0]);
	});

	it('runs a newly loaded model on the photo at hand', async () => {
		const cat = await showing(photo('cat'));
		const loaded = session.useModel(source('large'), 'Loading');
		await settle();
		expect(session.shown?.model.id).toBe('small');
		engine.runs[1]?.resolve(result(2, model('large')));
		await loaded;
		expect(session.shown?.model.id).toBe('large');
		expect(session.shown?.photo).toBe(cat);
		expect(cat.closed()).toBe(0);
	});

	it('runs once more when the model changes during a run, and shows no mixture', async () => {
		const [cat, dog] = [photo('cat'), photo('dog')];
		await showing(cat);
		const opened = open(dog);
		await settle();
		const loaded = session.useModel(source('large'), 'Loading');
		await settle();
		engine.runs[1]?.resolve(result(2));
		await opened;
		expect(session.shown?.photo).toBe(cat);
		engine.runs[2]?.resolve(result(3, model('large')));
		await loaded;
		expect(session.shown).toMatchObject({ model: { id: 'large' }, result: { run: 3 } });
		expect(session.shown?.photo).toBe(dog);
		expect([cat.closed(), dog.closed()]).toEqual([1, 0]);
	});

	it('reads a run by the model that ran, also where the engine finished a load that the page gave up', async () => {
		const cat = await showing(photo('cat'));
		const loaded = session.useModel(source('deep'), 'Loading');
		session.models.cancel();
		expect(await loaded).toBe(false);
		const cropped = session.crop(cat, { x: 1, y: 2, width: 3, height: 4 });
		engine.config = { ...SMALL_CONFIG, depth: 3 };
		engine.runs[1]?.resolve(result(2, model('deep', engine.config)));
		await cropped;
		expect(session.shown?.model.id).toBe('deep');
		expect(session.shown?.layers).toHaveLength(3);
		expect(session.model?.id).toBe('deep');
	});

	it('keeps the model, the photo and the result when another model cannot be loaded', async () => {
		await showing(photo('cat'));
		engine.failLoad = new PatchworkError('network', 'The hub does not answer.');
		expect(await session.useModel(source('large'), 'Loading')).toBe(false);
		expect(session.models.error).toBe('The hub does not answer.');
		expect(session.model?.id).toBe('small');
		expect(session.shown?.result.run).toBe(1);
	});

	it('lets go of everything when it is stopped, and answers nothing any more', async () => {
		const [cat, dog] = [await showing(photo('cat')), photo('dog')];
		const opened = open(dog);
		await settle();
		session.stop();
		engine.runs[1]?.resolve(result(2));
		await opened;
		expect(engine.disposed).toBe(true);
		expect(session.shown).toBeNull();
		expect(session.runs.task).toBeNull();
		expect(Math.min(cat.closed(), dog.closed())).toBeGreaterThan(0);
		await expect(session.read(1, ['norm'])).rejects.toMatchObject({ code: 'backend' });
	});

	it('does not stop a photo being opened when the model is ready', async () => {
		const dog = photo('dog');
		await showing(photo('cat'));
		const gate = deferred<Photo>();
		const opened = session.open('Opening', () => gate.promise);
		const loaded = session.useModel(source('large'), 'Loading');
		await settle();
		gate.resolve(dog);
		await settle();
		engine.runs[2]?.resolve(result(3, model('large')));
		await Promise.all([opened, engine.runs[1]?.resolve(result(2)), loaded]);
		expect(session.shown?.photo).toBe(dog);
		expect(session.shown?.model.id).toBe('large');
	});

	it('says so when the engine cannot start, and when it is asked nevertheless', async () => {
		const broken = new Session(() => {
			throw new PatchworkError('backend', 'No workers here.');
		}, cut);
		await broken.start();
		expect(broken.runs.error).toBe('No workers here.');
		expect(await broken.useModel(source('small'), 'Loading')).toBe(false);
		expect(broken.models.error).toMatch(/engine could not be started/);
	});

	it('says which backend runs, also after a fall-back', async () => {
		expect(session.backend?.name).toBe('cpu');
		engine.fallBackTo('wasm');
		expect(session.backend?.name).toBe('wasm');
	});
});
