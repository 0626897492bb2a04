import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MODELS } from '../models/registry';
import { parseSamples } from '../photo/manifest';
import type { Photo } from '../photo/photo';
import type { KeptPhoto } from '../photo/remember';
import { model } from '../run/testing';
import { deferred, settle, type Deferred } from '../base/testing';
import { App } from './app.svelte';
import { NOTHING } from './keeping';

const JSON_TEXT = readFileSync('static/samples/samples.json', 'utf8');
const [first, second] = parseSamples(JSON.parse(JSON_TEXT));
if (!first || !second) throw new Error('The site has at least two samples.');
const sampleList = () => new Response(JSON_TEXT);

const file = new Blob(['a picture']);
const last: KeptPhoto = { blob: file };
const opened: Photo = { bitmap: {} as ImageBitmap, title: '', alt: '', sample: null, blob: file };
const other = MODELS.find(({ bundled }) => !bundled) ?? MODELS[0];

let app: App;
let samples: Deferred<Response>;
let kept: Deferred<KeptPhoto | null>;
let listed: Deferred<void>;

/** The labels of the photos, and the ids of the models, that the session was asked for. */
const photos = () => vi.mocked(app.session.open).mock.calls.map(([label]) => label);
const models = () => vi.mocked(app.session.useModel).mock.calls.map(([source]) => source.id);

beforeEach(() => {
	[samples, kept, listed] = [deferred(), deferred(), deferred()];
	vi.stubGlobal('location', new URL('https://example.org/'));
	vi.stubGlobal('fetch', () => samples.promise);
	app = new App();
	vi.spyOn(app.session, 'start').mockResolvedValue();
	vi.spyOn(app.session, 'open').mockResolvedValue(opened);
	vi.spyOn(app.session, 'useModel').mockReturnValue(deferred<boolean>().promise);
	vi.spyOn(app.library, 'refresh').mockReturnValue(listed.promise);
	vi.spyOn(app.memory, 'restore').mockReturnValue(kept.promise);
});

afterEach(() => vi.unstubAllGlobals());

async function everythingArrives(photo: KeptPhoto | null = null): Promise<void> {
	samples.resolve(sampleList());
	await settle();
	kept.resolve(photo);
	listed.resolve();
	await settle();
}

describe('starting up', () => {
	it('opens the first sample and the best model by itself', async () => {
		void app.open();
		await everythingArrives();
		expect(photos()).toEqual([`Opening '${first.title}'`]);
		expect(models()).toEqual([app.library.best().id]);
	});

	it('opens nothing twice that was begun before the page was at work', async () => {
		app.begin({ sample: second.id });
		const opened = app.open({ sample: second.id });
		await everythingArrives();
		expect(photos()).toEqual([`Opening '${second.title}'`]);
		expect(app.session.start).toHaveBeenCalledOnce();
		expect(opened).toBeInstanceOf(Promise);
		app.begin({ sample: first.id });
		await settle();
		expect(photos()).toHaveLength(1);
	});

	it('goes on to what the page asks for, where that is not what was begun', async () => {
		app.begin({});
		void app.open({ sample: second.id });
		await everythingArrives();
		expect(photos()).toEqual([`Opening '${first.title}'`]);
		expect(app.session.start).toHaveBeenCalledOnce();
	});

	it('opens the sample of a link rather than the photo of the last visit', async () => {
		void app.open({ sample: second.id });
		await everythingArrives(last);
		expect(photos()).toEqual([`Opening '${second.title}'`]);
	});

	it.each([null, last])('leaves a photo that was dropped meanwhile (kept: %s)', async (kept) => {
		void app.open();
		void app.openFile(file, 'mine');
		await everythingArrives(kept);
		expect(photos()).toEqual(['Opening the photo']);
	});

	it('leaves a photo that was dropped while only the samples were missing', async () => {
		void app.open();
		kept.resolve(null);
		await settle();
		void app.openUrl('https://example.org/cat.jpg');
		await everythingArrives();
		expect(photos()).toEqual(['Fetching the photo']);
	});

	it('leaves a sample that was chosen before the kept photo arrived', async () => {
		void app.open();
		samples.resolve(sampleList());
		await settle();
		void app.openSample(second.id);
		await everythingArrives(last);
		expect(photos()).toEqual([`Opening '${second.title}'`]);
	});

	it('says which model is used in place of one that is gone from this browser', async () => {
		vi.mocked(app.session.useModel).mockResolvedValue(true);
		void app.open({ model: 'local/mine' });
		await everythingArrives();
		const { id, title } = app.library.best();
		expect(models()).toEqual([id]);
		expect(app.session.models.error).toMatch(`mine is not in this browser, or no longer: ${title} is used`);
	});

	it('uses the best model where the first one cannot run, and says so', async () => {
		const { session, library } = app;
		vi.spyOn(session, 'model', 'get').mockReturnValue(model('local/broken'));
		vi.mocked(session.useModel).mockResolvedValue(true);
		session.runs.report('It cannot run.');
		void app.open();
		await everythingArrives();
		expect(models()).toEqual([library.best().id]);
		expect(session.runs.error).toBe(`It cannot run. ${library.best().title} is used in its place.`);
	});

	it.each([undefined, 'patchwork-t', 'no-such-model'])('leaves a model picked meanwhile (link: %s)', async (model) => {
		void app.open({ model });
		void app.useModel(other);
		await everythingArrives();
		expect(models()).toEqual([other.id]);
		expect(app.session.models.error).toBeNull();
	});
});

describe('a link made on a photo of somebody’s own', () => {
	const link = { photo: 'own' } as const;

	it('opens a sample, and says whose photo is missing', async () => {
		void app.open(link);
		await everythingArrives();
		expect(photos()).toEqual([`Opening '${first.title}'`]);
		expect(app.missingPhoto).toContain('a photo of somebody’s own. Such a photo stays with its owner');
		expect(app.missingPhoto).toContain(`“${first.title}” is shown in its place`);
		app.dismissMissingPhoto();
		expect(app.missingPhoto).toBeNull();
	});

	it.each([
		['a file', () => app.openFile(file)],
		['an address', () => app.openUrl('https://example.org/cat.jpg')],
		['a sample', () => app.openSample(second.id)]
	])('says no more once %s is opened', async (_, open) => {
		void app.open(link);
		await everythingArrives();
		void open();
		expect(app.missingPhoto).toBeNull();
	});

	it('says nothing where the last photo was remembered', async () => {
		void app.open(link);
		await everythingArrives(last);
		expect(photos()).toEqual(['Opening the photo']);
		expect(app.missingPhoto).toBeNull();
	});

	it('says nothing of a link that says nothing of a photo', async () => {
		void app.open({ block: 1 });
		await everythingArrives();
		expect(app.missingPhoto).toBeNull();
	});
});

describe('a link with the address of a photo', () => {
	const address = 'https://photos.example/cat.jpg';

	/** The address gives nothing: it fails with this sentence, or else was cancelled. */
	const failing = (error: string | null = 'It does not answer.') => {
		vi.mocked(app.session.open).mockResolvedValueOnce(null);
		vi.spyOn(app.session.photos, 'error', 'get').mockReturnValue(error);
	};

	it('opens that photo, and not the one of the last visit', async () => {
		void app.open({ photo: 'own', address });
		await everythingArrives(last);
		expect(photos()).toEqual(['Fetching the photo']);
		expect(app.missingPhoto).toBeNull();
	});

	it.each([
		['It does not answer.', 'It does not answer.'],
		[null, 'The photo of this link was not fetched.']
	])('opens a sample where it can’t be had, and says why (%s)', async (error, why) => {
		failing(error);
		void app.open({ address });
		await everythingArrives(last);
		expect(photos()).toEqual(['Fetching the photo', `Opening '${first.title}'`]);
		expect(app.missingPhoto).toBe(`${why} “${first.title}” is shown in its place.`);
	});

	it('opens what was kept of that address where it can’t be had now', async () => {
		failing();
		void app.open({ address });
		await everythingArrives({ blob: file, address });
		expect(photos()).toEqual(['Fetching the photo', 'Opening the photo']);
		expect(app.missingPhoto).toBeNull();
	});

	it('leaves what was opened before anything was asked', async () => {
		void app.open({ address });
		void app.openFile(file);
		await everythingArrives();
		expect(photos()).toEqual(['Opening the photo']);
	});

	it('leaves what was opened while it was fetched, or while the samples were missing', async () => {
		failing(null);
		void app.open({ address });
		kept.resolve(null);
		await settle();
		void app.openFile(file);
		await everythingArrives();
		expect(photos()).toEqual(['Fetching the photo', 'Opening the photo']);
		expect(app.missingPhoto).toBeNull();
	});

	it('is not kept in place of the reader’s own, which a photo that they give themselves is', async () => {
		const keep = vi.spyOn(app.memory, 'keep').mockResolvedValue();
		vi.mocked(app.session.useModel).mockResolvedValue(true);
		void app.open({ address });
		await everythingArrives();
		void app.open({ address: `${address}?another` });
		await settle();
		expect(photos()).toHaveLength(2);
		expect(keep).not.toHaveBeenCalled();
		await app.openUrl(address);
		expect(keep).toHaveBeenCalledExactlyOnceWith(opened);
	});

	it('is followed when the page is open already', async () => {
		vi.mocked(app.session.useModel).mockResolvedValue(true);
		void app.open();
		await everythingArrives();
		void app.open({ address });
		await settle();
		expect(photos()).toEqual([`Opening '${first.title}'`, 'Fetching the photo']);
	});
});

describe('a guest in another page', () => {
	it('asks the browser for nothing that was kept, and keeps nothing', async () => {
		const asked: string[] = [];
		const refuse = (name: string) => new Proxy({}, { get: (_, part) => asked.push(`${name}.${String(part)}`) });
		vi.stubGlobal('localStorage', refuse('localStorage'));
		vi.stubGlobal('indexedDB', refuse('indexedDB'));
		vi.stubGlobal('caches', refuse('caches'));
		const guest = new App(null, false, NOTHING);
		vi.spyOn(guest.session, 'start').mockResolvedValue();
		vi.spyOn(guest.session, 'open').mockResolvedValue(null);
		const use = vi.spyOn(guest.session, 'useModel').mockResolvedValue(true);
		void guest.open();
		await everythingArrives();
		await vi.waitFor(() => expect(use).toHaveBeenCalled());
		expect(use.mock.calls[0]?.[0]).toMatchObject({ unkept: true });
		await settle();
		expect(asked).toEqual([]);
	});
});
