import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Progress } from '../base/progress';
import { makeFolder, someBytes } from '../../../tests/hub/folders';
import { MemoryCaches } from '../../../tests/hub/caches';
import { MemoryOpfs } from '../../../tests/hub/opfs';
import { startHub, type LocalHub } from '../../../tests/hub/server';
import { Gate } from '../base/gate';
import { fetchModel } from './load';
import type { FetchModelOptions } from './model-files';
import { CacheShelf } from './shelf-cache';
import { OpfsShelf } from './shelf-opfs';
import type { ModelSource } from './source';
import { ModelStore } from './store';
import { bytesOf } from './testing';

/** Several of the pieces that the local hub sends. */
const weights = someBytes(400_000);
const newer = someBytes(400_000).reverse();
const config = { architecture: 'vit_made_up' };
const folder = makeFolder({ 'config.json': config, 'model.safetensors': weights });
const changed = makeFolder({ 'config.json': config, 'model.safetensors': newer });

let hub: LocalHub;
let source: ModelSource;

beforeEach(async () => void (await serve(folder.path)));
afterEach(() => hub.close());
afterAll(() => [folder, changed].forEach(({ remove }) => remove()));

async function serve(path: string): Promise<void> {
	await hub?.close();
	hub = await startHub({ 'a/b': path });
	source = { id: 'a/b', from: { kind: 'hub', repo: 'a/b', endpoint: hub.endpoint } };
}

/** Ranges of the weights that were asked for. */
const ranges = () => hub.seen.filter(({ path }) => path.endsWith('model.safetensors')).map(({ range }) => range);

/** Cancels a download once something of it has come. */
async function cancelled(store: ModelStore): Promise<void> {
	hub.faults.slow = 15;
	const controller = new AbortController();
	const onProgress = ({ loaded }: Progress) => loaded > 100_000 && controller.abort();
	const fetching = fetchModel(source, { store, signal: controller.signal, onProgress });
	await fetching.then(
		() => Promise.reject(new Error('It was not cancelled.')),
		(error: { code?: string }) => error.code === 'cancelled' || Promise.reject(error)
	);
	hub.faults.slow = 0;
}

const places = [
	['the private file system', () => new ModelStore([new OpfsShelf(new MemoryOpfs().getDirectory)])],
	['the Cache API', () => new ModelStore([new CacheShelf(new MemoryCaches().asStorage())])]
] as const;

describe.each(places)('a download into %s', (_, makeStore) => {
	let store: ModelStore;
	let options: FetchModelOptions;
	beforeEach(() => {
		store = makeStore();
		options = { store, pause: 1 };
	});

	it('stays as far as it came when it is cancelled, and goes on from there', async () => {
		await cancelled(store);
		const [partial] = await store.list();
		expect(partial).toMatchObject({ repo: 'a/b', whole: false });
		expect(partial?.bytes).toBeGreaterThan(100_000);
		expect(partial?.bytes).toBeLessThan(400_000);
		const before = ranges().length * 2;
		const progress: Progress[] = [];
		const files = await fetchModel(source, { ...options, onProgress: (p) => progress.push(p) });
		expect((await bytesOf(files)).equals(weights)).toBe(true);
		expect(progress[0]?.loaded).toBeGreaterThan(100_000);
		expect(ranges().slice(before / 2)[0]).toMatch(/^bytes=1\d{5}-$/);
		expect(await store.list()).toMatchObject([{ repo: 'a/b', whole: true, bytes: 400_000 + 30 }]);
	});

	it('pauses without a connection, says so, and goes on', async () => {
		hub.faults.slow = 15;
		const gate = new Gate();
		const progress: Progress[] = [];
		const onProgress = (now: Progress) => {
			progress.push(now);
			if (now.loaded > 100_000 && !now.paused && progress.filter(({ paused }) => paused).length === 0) gate.pause();
			if (now.paused) setTimeout(() => gate.resume(), 50);
		};
		const files = await fetchModel(source, { ...options, gate, onProgress });
		expect((await bytesOf(files)).equals(weights)).toBe(true);
		expect(progress.filter(({ paused }) => paused)).toHaveLength(1);
		// The redirect and the file itself, before the pause and after it.
		expect(ranges().filter((range) => range === null)).toHaveLength(2);
		expect(ranges().filter((range) => range !== null)).toHaveLength(2);
	});

	it('can be paused before its first byte', async () => {
		const gate = new Gate();
		gate.pause();
		const onProgress = ({ paused }: Progress) => paused && setTimeout(() => gate.resume(), 20);
		const files = await fetchModel(source, { ...options, gate, onProgress });
		expect((await bytesOf(files)).equals(weights)).toBe(true);
	});

	it('can be cancelled while it is paused', async () => {
		const gate = new Gate();
		gate.pause();
		const controller = new AbortController();
		const onProgress = ({ paused }: Progress) => paused && controller.abort();
		const failure = expect(fetchModel(source, { ...options, gate, onProgress, signal: controller.signal })).rejects;
		await failure.toMatchObject({ code: 'cancelled' });
		expect(await store.list()).toEqual([]);
	});

	it('starts over where the server ignores ranges', async () => {
		await cancelled(store);
		hub.faults.noRange = true;
		expect((await bytesOf(await fetchModel(source, options))).equals(weights)).toBe(true);
	});

	it('starts over when the file has changed on the hub meanwhile', async () => {
		await cancelled(store);
		await serve(changed.path);
		expect((await bytesOf(await fetchModel(source, options))).equals(newer)).toBe(true);
		expect(ranges().every((range) => range === null)).toBe(true);
	});

	it('mixes nothing when the file changes on the hub between two ranges: it says so, and comes whole the next time', async () => {
		const own = makeFolder({ 'config.json': config, 'model.safetensors': weights });
		await serve(own.path);
		Object.assign(hub.faults, { cutAfter: 100_000, cuts: 1 });
		const onProgress = ({ waiting }: Progress) => {
			if (waiting) writeFileSync(join(own.path, 'model.safetensors'), newer);
		};
		// It was announced as the older one.
		await expect(fetchModel(source, { ...options, onProgress })).rejects.toMatchObject({
			reason: 'altered',
			message: expect.stringMatching(/Fetch the model again\.$/)
		});
		expect(ranges().filter((range) => range !== null).length).toBeGreaterThan(0);
		expect(await store.list()).toEqual([]);
		expect((await bytesOf(await fetchModel(source, options))).equals(newer)).toBe(true);
		own.remove();
	});

	it('starts over when only the content network serves another file', async () => {
		await cancelled(store);
		hub.faults.etag = '"another"';
		expect((await bytesOf(await fetchModel(source, options))).equals(weights)).toBe(true);
	});

	it('stays when the hub goes away in the middle, and says so', async () => {
		await cancelled(store);
		await hub.close();
		await expect(fetchModel(source, options)).rejects.toMatchObject({ reason: 'offline' });
		expect(await store.list()).toMatchObject([{ repo: 'a/b', whole: false }]);
	});

	it('says that it waits, ever longer, when the connection keeps breaking', async () => {
		Object.assign(hub.faults, { cutAfter: 30_000, cuts: 3 });
		const progress: Progress[] = [];
		const files = await fetchModel(source, { ...options, onProgress: (p) => progress.push(p) });
		expect((await bytesOf(files)).equals(weights)).toBe(true);
		expect(progress.filter(({ waiting }) => waiting).length).toBeGreaterThanOrEqual(3);
	});

	it('is thrown away when its checksum is wrong', async () => {
		hub.faults.altered = true;
		await expect(fetchModel(source, options)).rejects.toMatchObject({ code: 'checkpoint', reason: 'altered' });
		expect(await store.list()).toEqual([]);
	});

	it('is thrown away when what an earlier visit left is damaged, and comes whole the next time', async () => {
		await cancelled(store);
		await damage(store);
		await expect(fetchModel(source, options)).rejects.toMatchObject({ reason: 'altered' });
		expect((await bytesOf(await fetchModel(source, options))).equals(weights)).toBe(true);
	});
});

/** Turns the first bytes of the weights over, and leaves their number. */
async function damage(store: ModelStore): Promise<void> {
	const file = await store.read('a/b', 'model.safetensors');
	const bytes = new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer(0));
	bytes[0] = (bytes[0] ?? 0) ^ 0xff;
	const sink = await store.append('a/b', 'model.safetensors');
	await sink.clear();
	await sink.write(bytes);
	await sink.close();
}
