import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MODELS } from '../models/registry';
import { parseSamples } from '../photo/manifest';
import { deferred, model, settle, type Deferred } from '../run/testing';
import { Inspector } from './app.svelte';

const JSON_TEXT = readFileSync('static/samples/samples.json', 'utf8');
const [first, second] = parseSamples(JSON.parse(JSON_TEXT));
if (!first || !second) throw new Error('The site has at least two samples.');
const sampleList = () => new Response(JSON_TEXT);

const file = new Blob(['a picture']);
const other = MODELS.find(({ bundled }) => !bundled) ?? MODELS[0];

let inspector: Inspector;
let samples: Deferred<Response>;
let kept: Deferred<Blob | null>;
let listed: Deferred<void>;

/** The labels of the photos, and the ids of the models, that the session was asked for. */
const photos = () => vi.mocked(inspector.session.open).mock.calls.map(([label]) => label);
const models = () => vi.mocked(inspector.session.useModel).mock.calls.map(([source]) => source.id);

beforeEach(() => {
	[samples, kept, listed] = [deferred(), deferred(), deferred()];
	vi.stubGlobal('location', new URL('https://example.org/'));
	vi.stubGlobal('fetch', () => samples.promise);
	inspector = new Inspector();
	vi.spyOn(inspector.session, 'start').mockResolvedValue();
	vi.spyOn(inspector.session, 'open').mockResolvedValue(null);
	vi.spyOn(inspector.session, 'useModel').mockReturnValue(deferred<boolean>().promise);
	vi.spyOn(inspector.library, 'refresh').mockReturnValue(listed.promise);
	vi.spyOn(inspector.memory, 'restore').mockReturnValue(kept.promise);
});

afterEach(() => vi.unstubAllGlobals());

async function everythingArrives(photo: Blob | null = null): Promise<void> {
	samples.resolve(sampleList());
	await settle();
	kept.resolve(photo);
	listed.resolve();
	await settle();
}

describe('starting up', () => {
	it('opens the first sample and the best model by itself', async () => {
		void inspector.open();
		await everythingArrives();
		expect(photos()).toEqual([`Opening '${first.title}'`]);
		expect(models()).toEqual([inspector.library.best().id]);
	});

	it('opens the sample of a link rather than the photo of the last visit', async () => {
		void inspector.open({ sample: second.id });
		await everythingArrives(file);
		expect(photos()).toEqual([`Opening '${second.title}'`]);
	});

	it.each([null, file])('leaves a photo that was dropped meanwhile (kept: %s)', async (last) => {
		void inspector.open();
		void inspector.openFile(file, 'mine');
		await everythingArrives(last);
		expect(photos()).toEqual(['Opening the photo']);
	});

	it('leaves a photo that was dropped while only the samples were missing', async () => {
		void inspector.open();
		kept.resolve(null);
		await settle();
		void inspector.openUrl('https://example.org/cat.jpg');
		await everythingArrives();
		expect(photos()).toEqual(['Fetching the photo']);
	});

	it('leaves a sample that was chosen before the kept photo arrived', async () => {
		void inspector.open();
		samples.resolve(sampleList());
		await settle();
		void inspector.openSample(second.id);
		await everythingArrives(file);
		expect(photos()).toEqual([`Opening '${second.title}'`]);
	});

	it('says which model is used in place of one that is gone from this browser', async () => {
		vi.mocked(inspector.session.useModel).mockResolvedValue(true);
		void inspector.open({ model: 'local/mine' });
		await everythingArrives();
		const { id, title } = inspector.library.best();
		expect(models()).toEqual([id]);
		expect(inspector.session.models.error).toMatch(`mine is not in this browser, or no longer: ${title} is used`);
	});

	it('uses the best model where the first one cannot run, and says so', async () => {
		const { session, library } = inspector;
		vi.spyOn(session, 'model', 'get').mockReturnValue(model('local/broken'));
		vi.mocked(session.useModel).mockResolvedValue(true);
		session.runs.report('It cannot run.');
		void inspector.open();
		await everythingArrives();
		expect(models()).toEqual([library.best().id]);
		expect(session.runs.error).toBe(`It cannot run. ${library.best().title} is used in its place.`);
	});

	it.each([undefined, 'patchwork-t', 'no-such-model'])('leaves a model picked meanwhile (link: %s)', async (model) => {
		void inspector.open({ model });
		void inspector.useModel(other);
		await everythingArrives();
		expect(models()).toEqual([other.id]);
		expect(inspector.session.models.error).toBeNull();
	});
});

describe('a link made on a photo of somebody’s own', () => {
	const link = { photo: 'own' } as const;

	it('opens a sample, and says whose photo is missing', async () => {
		void inspector.open(link);
		await everythingArrives();
		expect(photos()).toEqual([`Opening '${first.title}'`]);
		expect(inspector.missingPhoto).toContain('a photo of somebody’s own, which stays with them');
		expect(inspector.missingPhoto).toContain(`“${first.title}” is shown in its place`);
		inspector.dismissMissingPhoto();
		expect(inspector.missingPhoto).toBeNull();
	});

	it.each([
		['a file', () => inspector.openFile(file)],
		['an address', () => inspector.openUrl('https://example.org/cat.jpg')],
		['a sample', () => inspector.openSample(second.id)]
	])('says no more once %s is opened', async (_, open) => {
		void inspector.open(link);
		await everythingArrives();
		void open();
		expect(inspector.missingPhoto).toBeNull();
	});

	it('says nothing where the last photo was remembered', async () => {
		void inspector.open(link);
		await everythingArrives(file);
		expect(photos()).toEqual(['Opening the photo']);
		expect(inspector.missingPhoto).toBeNull();
	});

	it('says nothing of a link that says nothing of a photo', async () => {
		void inspector.open({ block: 1 });
		await everythingArrives();
		expect(inspector.missingPhoto).toBeNull();
	});
});
