import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, someBytes } from '../../../tests/hub/folders';
import { MemoryOpfs } from '../../../tests/hub/opfs';
import { startHub, type LocalHub } from '../../../tests/hub/server';
import type { FetchModelOptions } from './model-files';
import { fetchModel } from './load';
import { OpfsShelf } from './shelf-opfs';
import type { ModelSource } from './source';
import { ModelStore } from './store';
import { bytesOf } from './testing';
import { TransferError } from './transfer';

const weights = someBytes(100_000);
const config = { architecture: 'vit_made_up' };
const bare = makeFolder({ 'config.json': config, 'model.safetensors': weights });
const full = makeFolder({
	'config.json': { ...config, id2label: { 0: 'ignored', 1: 'ignored too' } },
	'model.safetensors': weights,
	'preprocessor_config.json': { size: 224 },
	'labels.json': ['owl', 'damselfly'],
	'README.md': {}
});
const parts = makeFolder({
	'config.json': config,
	'model.safetensors.index.json': { weight_map: { b: 'model-2-of-2.safetensors', a: 'model-1-of-2.safetensors' } },
	'model-1-of-2.safetensors': weights.slice(0, 40_000),
	'model-2-of-2.safetensors': weights.slice(40_000)
});
const timm = { architecture: 'vit_made_up', num_classes: 1000 };
const thousand = makeFolder({ 'config.json': timm, 'model.safetensors': weights });
const folders = [bare, full, parts, thousand];
const repos = { 'a/bare': bare.path, 'a/full': full.path, 'a/parts': parts.path, 'a/thousand': thousand.path };

let hub: LocalHub;
let disk: MemoryOpfs;
let store: ModelStore;
let options: FetchModelOptions;

beforeEach(async () => {
	hub = await startHub(repos, { traits: { 'a/bare': { revisions: ['v2'] } } });
	disk = new MemoryOpfs();
	store = new ModelStore([new OpfsShelf(disk.getDirectory)]);
	options = { store, pause: 1 };
});
afterEach(() => hub.close());
afterAll(() => folders.forEach((folder) => folder.remove()));

/** A model of the local hub. */
function hubModel(repo: string, labels?: string, revision?: string): ModelSource {
	return { id: 'tiny', from: { kind: 'hub', repo, endpoint: hub.endpoint, revision }, labels };
}

const askedForWeights = () => hub.seen.some(({ path }) => path.endsWith('model.safetensors'));

describe('fetchModel from the hub', () => {
	it('brings config, preprocessor, labels and weights', async () => {
		const files = await fetchModel(hubModel('a/full'), options);
		expect(files.config).toHaveProperty('id2label');
		expect(files.preprocessor).toEqual({ size: 224 });
		expect(files.labels).toEqual(['owl', 'damselfly']);
		expect(files.weights).toMatchObject({ bytes: 100_000, held: false });
		expect((await bytesOf(files)).equals(weights)).toBe(true);
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
			expect(await store.list()).toEqual([]);
		}
	);

	it('keeps the model: the second time needs no hub', async () => {
		await fetchModel(hubModel('a/full'), options);
		const asked = hub.seen.length;
		await hub.close();
		const files = await fetchModel(hubModel('a/full'), options);
		expect((await bytesOf(files)).equals(weights)).toBe(true);
		expect(files.labels).toEqual(['owl', 'damselfly']);
		expect(hub.seen).toHaveLength(asked);
		expect(await store.list()).toMatchObject([{ repo: 'a/full', whole: true }]);
	});

	it('keeps revisions apart', async () => {
		await fetchModel(hubModel('a/bare', undefined, 'v2'), options);
		expect(await store.list()).toMatchObject([{ repo: 'a/bare@v2' }]);
		expect(hub.seen.map(({ path }) => path)).toContain('/a/bare/resolve/v2/model.safetensors');
	});

	it('fetches again what the browser has cleared, whole or in part', async () => {
		await fetchModel(hubModel('a/bare'), options);
		disk.truncate(1000);
		expect((await bytesOf(await fetchModel(hubModel('a/bare'), options))).equals(weights)).toBe(true);
		disk.evict();
		expect((await bytesOf(await fetchModel(hubModel('a/bare'), options))).equals(weights)).toBe(true);
	});

	it('goes on after a cut', async () => {
		Object.assign(hub.faults, { cutAfter: 40_000, cuts: 2 });
		expect((await bytesOf(await fetchModel(hubModel('a/bare'), options))).equals(weights)).toBe(true);
	});

	it('puts a checkpoint of several parts together, with the progress of all', async () => {
		const seen: number[] = [];
		const onProgress = ({ loaded, total }: { loaded: number; total: number | null }) => {
			expect(total).toBe(100_000);
			seen.push(loaded);
		};
		const files = await fetchModel(hubModel('a/parts'), { ...options, onProgress });
		expect((await bytesOf(files)).equals(weights)).toBe(true);
		expect(seen).toEqual(seen.toSorted((a, b) => a - b));
		expect(seen.at(-1)).toBe(100_000);
		await hub.close();
		expect((await bytesOf(await fetchModel(hubModel('a/parts'), options))).equals(weights)).toBe(true);
	});

	it.each([{ quota: 50_000 }, { blocked: true }])('gives a model that cannot be kept: %o', async (state) => {
		Object.assign(disk, state);
		const files = await fetchModel(hubModel('a/bare'), options);
		expect((await bytesOf(files)).equals(weights)).toBe(true);
		expect(files.weights.held).toBe(true);
		expect(files.notKept).toMatchObject({ code: 'storage' });
		disk.blocked = false;
		expect(await store.list()).toEqual([]);
	});

	it('gives a model of several parts for which the room runs out in the middle', async () => {
		disk.quota = 80_000;
		const files = await fetchModel(hubModel('a/parts'), options);
		expect((await bytesOf(files)).equals(weights)).toBe(true);
		expect((await bytesOf(files)).equals(weights)).toBe(true);
		expect(files.notKept?.message).toMatch(/^There is no room left in this browser/);
		expect(await store.list()).toEqual([]);
	});
});

describe('a checkpoint of timm’s that names none of its thousand classes', () => {
	const list = () => `${hub.endpoint}/a/full/resolve/main/labels.json`;

	it('goes by the names that are assumed, which are not kept with it', async () => {
		const source = hubModel('a/thousand');
		const files = await fetchModel({ ...source, assumed: list() }, options);
		expect(files).toMatchObject({ labels: ['owl', 'damselfly'], namesAssumed: true });
		const kept = await fetchModel(source, options);
		expect(kept.labels).toBeNull();
		expect(kept.namesAssumed).toBeUndefined();
	});

	it('goes without where the list does not come', async () => {
		const files = await fetchModel({ ...hubModel('a/thousand'), assumed: `${hub.endpoint}/nowhere.json` }, options);
		expect(files.labels).toBeNull();
	});

	it('is no other: one that brings names keeps these, and one of other libraries or sizes gets none', async () => {
		expect((await fetchModel({ ...hubModel('a/full'), assumed: list() }, options)).namesAssumed).toBeUndefined();
		expect((await fetchModel({ ...hubModel('a/bare'), assumed: list() }, options)).labels).toBeNull();
	});
});
