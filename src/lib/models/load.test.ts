import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryCaches } from '../../../tests/hub/caches';
import { makeFolder, someBytes } from '../../../tests/hub/folders';
import { startHub, type LocalHub } from '../../../tests/hub/server';
import { fetchModel, type FetchModelOptions } from './load';
import type { SiteIndex } from './site';
import type { ModelSource } from './source';
import { ModelStore } from './store';
import { TransferError } from './transfer';

const weights = someBytes(100_000);
const config = { num_classes: 2 };
const bare = makeFolder({ 'config.json': config, 'model.safetensors': weights });
const full = makeFolder({
	'config.json': { id2label: { 0: 'ignored', 1: 'ignored too' } },
	'model.safetensors': weights,
	'preprocessor_config.json': { size: 224 },
	'labels.json': ['owl', 'damselfly'],
	'README.md': {}
});
const configOnly = makeFolder({ 'config.json': config });
const notJson = makeFolder({ 'config.json': new TextEncoder().encode('{'), 'model.safetensors': weights });
const repos = {
	'a/bare': bare.path,
	'a/full': full.path,
	'a/config-only': configOnly.path,
	'a/not-json': notJson.path
};

let hub: LocalHub;
let caches: MemoryCaches;
let options: FetchModelOptions;

beforeEach(async () => {
	hub = await startHub(repos);
	caches = new MemoryCaches();
	options = { store: new ModelStore(caches.asStorage()), pause: 1 };
});
afterEach(() => hub.close());
afterAll(() => [bare, full, configOnly, notJson].forEach((folder) => folder.remove()));

/** A model of the local hub. */
function hubModel(repo: string, labels?: string): ModelSource {
	return { id: 'tiny', from: { kind: 'hub', repo, endpoint: hub.endpoint }, labels };
}

function askedForWeights(): boolean {
	return hub.seen.some(({ path }) => path.endsWith('model.safetensors'));
}

describe('fetchModel from the hub', () => {
	it('brings config, preprocessor, labels and weights', async () => {
		const files = await fetchModel(hubModel('a/full'), options);
		expect(files.config).toHaveProperty('id2label');
		expect(files.preprocessor).toEqual({ size: 224 });
		expect(files.labels).toEqual(['owl', 'damselfly']);
		expect(Buffer.from(files.weights).equals(weights)).toBe(true);
		expect(files.notKept).toBeNull();
		expect(hub.seen.some(({ path }) => path.includes('README'))).toBe(false);
	});

	it('does without the optional files and never asks for them', async () => {
		const files = await fetchModel(hubModel('a/bare'), options);
		expect(files).toMatchObject({ config, preprocessor: null, labels: null });
		expect(hub.seen.filter(({ path }) => /labels|preprocessor/.test(path))).toEqual([]);
	});

	it('takes names that its source knows, and keeps them with the model', async () => {
		const source = hubModel('a/bare', `${hub.endpoint}/a/full/resolve/main/labels.json`);
		expect((await fetchModel(source, options)).labels).toEqual(['owl', 'damselfly']);
		await hub.close();
		expect((await fetchModel(source, options)).labels).toEqual(['owl', 'damselfly']);
	});

	it.each(['not-there.json', 'config.json'])(
		'does not fetch weights when the names it needs are not in %s',
		async (path) => {
			const source = hubModel('a/bare', `${hub.endpoint}/a/full/resolve/main/${path}`);
			await expect(fetchModel(source, options)).rejects.toBeInstanceOf(TransferError);
			expect(askedForWeights()).toBe(false);
		}
	);

	it('keeps the weights last', async () => {
		await fetchModel(hubModel('a/bare', `${hub.endpoint}/a/full/resolve/main/labels.json`), options);
		const kept = await options.store?.list();
		expect(kept?.map(({ path }) => path)).toEqual(['config.json', 'labels.json', 'model.safetensors']);
	});

	it('reports the progress of the weights', async () => {
		const totals = new Set<number | null>();
		await fetchModel(hubModel('a/full'), { ...options, onProgress: ({ total }) => totals.add(total) });
		expect([...totals]).toEqual([100_000]);
	});

	it('fetches once, then works without the hub', async () => {
		await fetchModel(hubModel('a/bare'), options);
		await hub.close();
		const files = await fetchModel(hubModel('a/bare'), options);
		expect(Buffer.from(files.weights).equals(weights)).toBe(true);
	});

	it('fetches again what is no longer whole', async () => {
		await fetchModel(hubModel('a/bare'), options);
		caches.truncate(10);
		expect((await fetchModel(hubModel('a/bare'), options)).weights.byteLength).toBe(100_000);
	});

	it('goes on after a cut', async () => {
		Object.assign(hub.faults, { cutAfter: 40_000, cuts: 2 });
		const files = await fetchModel(hubModel('a/bare'), options);
		expect(Buffer.from(files.weights).equals(weights)).toBe(true);
	});

	it('refuses altered weights and keeps nothing', async () => {
		hub.faults.altered = true;
		const failure = expect(fetchModel(hubModel('a/bare'), options)).rejects;
		await failure.toMatchObject({ code: 'checkpoint', reason: 'altered' });
		expect(await options.store?.list()).toEqual([]);
	});

	it('refuses a repository without weights that we read', async () => {
		const failure = expect(fetchModel(hubModel('a/config-only'), options)).rejects;
		await failure.toMatchObject({ reason: 'not-found', message: expect.stringContaining('has no model.safetensors') });
	});

	it('refuses a config that is not JSON', async () => {
		const failure = expect(fetchModel(hubModel('a/not-json'), options)).rejects;
		await failure.toMatchObject({ code: 'config', message: expect.stringContaining('config.json is not a JSON file') });
		expect(askedForWeights()).toBe(false);
		expect(await options.store?.list()).toEqual([]);
	});

	it.each([{ quota: 50_000 }, { blocked: true }])('gives a model that cannot be kept: %o', async (state) => {
		Object.assign(caches, state);
		const files = await fetchModel(hubModel('a/bare'), options);
		expect(files.weights.byteLength).toBe(100_000);
		expect(files.notKept).toMatchObject({ code: 'storage' });
		caches.blocked = false;
		expect(await options.store?.list()).toEqual([]);
	});

	it('keeps nothing when cancelled', async () => {
		hub.faults.slow = 20;
		const controller = new AbortController();
		const onProgress = () => controller.abort();
		const failure = expect(
			fetchModel(hubModel('a/bare'), { ...options, signal: controller.signal, onProgress })
		).rejects;
		await failure.toMatchObject({ code: 'cancelled' });
		expect(await options.store?.list()).toEqual([]);
	});
});

describe('fetchModel from a site', () => {
	const site = 'https://site.example/patchwork/';
	const source: ModelSource = { id: 'tiny', from: { kind: 'site', folder: `${site}models/tiny/` } };
	const sha256 = '1b4b8a3dd1ff2b5c3b8dd2e2a6b7b8d53c1ab0c0f9b0a8c4c5d0a3f4e5d6c7b8';

	/** A site in memory: what lies at which path, JSON for anything that is not bytes. */
	function serve(contents: Record<string, unknown>) {
		const asked: string[] = [];
		const fetch = async (input: string | URL | Request) => {
			const path = String(input).slice(site.length);
			asked.push(path);
			const content = contents[path];
			if (content === undefined) return new Response(null, { status: 404 });
			return new Response(content instanceof Uint8Array ? content.slice() : JSON.stringify(content));
		};
		return { asked, fetch };
	}

	async function indexOf(files: Record<string, Uint8Array<ArrayBuffer>>): Promise<SiteIndex> {
		const { sha256 } = await import('./checksum');
		const entries = Object.entries(files).map(async ([path, data]) => {
			return { path, bytes: data.length, sha256: (await sha256(data.slice().buffer)) ?? '' };
		});
		return { tiny: await Promise.all(entries) };
	}

	const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

	it('asks only for what the list of models names', async () => {
		const files = { 'config.json': bytes(config), 'model.safetensors': weights };
		const { asked, fetch } = serve({
			'models.json': await indexOf(files),
			'models/tiny/config.json': config,
			'models/tiny/model.safetensors': weights
		});
		expect(await fetchModel(source, { fetch })).toMatchObject({ config, preprocessor: null, labels: null });
		expect(asked).toEqual(['models.json', 'models/tiny/config.json', 'models/tiny/model.safetensors']);
	});

	it.each([
		['truncated', weights.slice(0, 60_000), 'incomplete'],
		['altered', weights.toReversed(), 'altered']
	])('refuses %s weights', async (_, served, reason) => {
		const files = { 'config.json': bytes(config), 'model.safetensors': weights };
		const { fetch } = serve({
			'models.json': await indexOf(files),
			'models/tiny/config.json': config,
			'models/tiny/model.safetensors': served
		});
		await expect(fetchModel(source, { fetch, pause: 1 })).rejects.toMatchObject({ reason });
	});

	it('says that a model is not there', async () => {
		const { fetch } = serve({ 'models.json': {} });
		await expect(fetchModel(source, { fetch })).rejects.toMatchObject({ reason: 'not-found' });
	});

	it.each([
		[[]],
		[{ tiny: [{ path: 'config.json', bytes: '539', sha256 }] }],
		[{ tiny: [{ path: 'config.json', bytes: -1, sha256 }] }],
		['<!doctype html>']
	])('refuses a list of models that is none: %o', async (list) => {
		const { fetch } = serve({ 'models.json': list });
		await expect(fetchModel(source, { fetch })).rejects.toMatchObject({ reason: 'unexpected' });
	});
});
