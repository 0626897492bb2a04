import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { PatchworkError } from '../base/errors';
import { Session } from './session.svelte';
import { cut, FakeEngine, model, photo, result, source } from '../run/testing';
import { deferred, settle } from '../base/testing';
import { showRun } from './testing';
import { SMALL_CONFIG } from '../engine/testing/small';

let engine: FakeEngine;
let session: Session;

beforeEach(() => {
	engine = new FakeEngine();
	session = new Session(() => engine, cut);
	return session.start();
});

describe('the size of the input', () => {
	it('reads the same photo at another size, and what comes after it too', async () => {
		await showRun(session, engine, photo('cat'));
		const reading = session.readAt([112, 116]);
		await settle();
		engine.runs[1]?.resolve(result(2));
		await reading;
		void session.open('Opening', async () => photo('dog'));
		await settle();
		expect(engine.sizes).toEqual([null, [112, 116], [112, 116]]);
		expect(session.model?.config.imageSize).toEqual(SMALL_CONFIG.imageSize);
	});

	it('goes back to the size before where it cannot run at another', async () => {
		await showRun(session, engine, photo('cat'));
		const reading = session.readAt([448, 448]);
		await settle();
		engine.runs[1]?.reject(new PatchworkError('backend', 'There is no memory for that.'));
		await reading;
		expect(session.imageSize).toBeNull();
		expect(session.runs.error).toBe('There is no memory for that.');
		expect(session.shown?.result.run).toBe(1);
	});

	it('takes the size that a link asks for where the model can run at it, and its own for another model', async () => {
		await session.useModel(source('small'), 'Loading', [112, 112]);
		expect(session.imageSize).toEqual([112, 112]);
		await session.useModel(source('small'), 'Loading', [113, 113]);
		expect(session.imageSize).toBeNull();
		await session.useModel(source('small'), 'Loading', [112, 112]);
		await session.useModel(source('other'), 'Loading');
		expect(session.imageSize).toBeNull();
		expect(session.notice).toBeNull();
	});

	it('is its own, and that is said, where this device could not draw another', async () => {
		vi.stubGlobal('navigator', { deviceMemory: 1 });
		onTestFinished(() => void vi.unstubAllGlobals());
		await session.useModel(source('small'), 'Loading', [400, 400]);
		expect(session.imageSize).toBeNull();
		expect(session.notice).toMatch(
			/^To draw what the model makes of 400 × 400 px takes more memory than this device has/
		);
	});
});

describe('a model that cannot run on the photo', () => {
	it('leaves in use what was in use before: model, photo, size and result', async () => {
		await session.useModel(source('small'), 'Loading');
		await session.readAt([112, 116]);
		const cat = photo('cat');
		const opened = session.open('Opening', async () => cat);
		await settle();
		engine.runs[0]?.resolve(result(1));
		await opened;
		const load = vi.spyOn(engine, 'load');
		const used = session.useModel(source('broken'), 'Loading');
		await settle();
		engine.runs[1]?.reject(new PatchworkError('checkpoint', 'Its weights are damaged.'));
		await settle();
		// The engine has let go of the run before, so it is made once more.
		engine.runs[2]?.resolve(result(3));
		expect(await used).toBe(false);
		expect(load.mock.calls.map(([{ id }]) => id)).toEqual(['broken', 'small']);
		expect(session.runs.error).toBe('Its weights are damaged. The one before is in use again.');
		expect(session.shown).toMatchObject({ model: { id: 'small' }, result: { run: 3 }, photo: cat });
		expect([session.model?.id, session.imageSize, cat.closed()]).toEqual(['small', [112, 116], 0]);
		expect(engine.sizes).toEqual([[112, 116], null, [112, 116]]);
	});

	it('does not take the place of one that was chosen meanwhile', async () => {
		await showRun(session, engine, photo('cat'));
		const used = session.useModel(source('broken'), 'Loading');
		await settle();
		const slow = deferred<ReturnType<typeof model>>();
		vi.spyOn(engine, 'load').mockReturnValueOnce(slow.promise);
		const third = session.useModel(source('third'), 'Loading');
		engine.runs[1]?.reject(new PatchworkError('checkpoint', 'Its weights are damaged.'));
		expect(await used).toBe(false);
		slow.resolve(model('third'));
		await settle();
		engine.runs[2]?.resolve(result(3, model('third')));
		expect([await third, session.shown?.model.id, session.runs.error]).toEqual([true, 'third', null]);
	});

	it('is not gone back to for ever', async () => {
		await showRun(session, engine, photo('cat'));
		const used = session.useModel(source('broken'), 'Loading');
		await settle();
		for (const run of [1, 2]) {
			engine.runs[run]?.reject(new PatchworkError('backend', `No ${run}.`));
			await settle();
		}
		expect([await used, engine.runs.length, session.runs.error]).toEqual([false, 3, 'No 2.']);
		expect(session.shown?.result.run).toBe(1);
	});
});

describe('a crop', () => {
	it('asks again with a crop, keeping the photo', async () => {
		const cat = await showRun(session, engine, photo('cat'));
		const crop = { x: 1, y: 2, width: 3, height: 4 };
		const cropped = session.crop(cat, crop);
		engine.runs[1]?.resolve(result(2));
		await cropped;
		expect(session.shown?.crop).toEqual(crop);
		expect(cat.closed()).toBe(0);
	});

	it('opens a photo with a crop at once', async () => {
		await showRun(session, engine, photo('cat'));
		const crop = { x: 1, y: 2, width: 3, height: 4 };
		const opened = session.open('Opening', async () => photo('dog'), crop);
		await settle();
		engine.runs[1]?.resolve(result(2));
		await opened;
		expect(session.shown).toMatchObject({ crop, photo: { title: 'dog' } });
		expect(engine.runs).toHaveLength(2);
	});

	it('goes back to the centre while the first crop is under way, and asks for the centre only once', async () => {
		const cat = await showRun(session, engine, photo('cat'));
		const cropped = session.crop(cat, { x: 1, y: 2, width: 3, height: 4 });
		const centred = session.crop(cat, null);
		engine.runs[1]?.resolve(result(2));
		engine.runs[2]?.resolve(result(3));
		await Promise.all([cropped, centred]);
		expect(session.shown).toMatchObject({ crop: null, result: { run: 3 } });
		void session.crop(cat, null);
		expect(engine.runs).toHaveLength(3);
	});

	it('does not cut another photo by the crop of the one before', async () => {
		const [cat, dog] = [photo('cat'), photo('dog')];
		await showRun(session, engine, cat);
		const opened = session.open('Opening', async () => dog);
		await settle();
		await session.crop(cat, { x: 1, y: 2, width: 3, height: 4 });
		expect(engine.runs).toHaveLength(2);
		engine.runs[1]?.resolve(result(2));
		await opened;
		expect(session.shown?.photo).toBe(dog);
		expect(session.shown?.crop).toBeNull();
	});
});
