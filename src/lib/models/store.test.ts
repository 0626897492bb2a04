import { describe, expect, it } from 'vitest';
import { MemoryCaches } from '../../../tests/hub/caches';
import { someBytes } from '../../../tests/hub/folders';
import { MemoryOpfs } from '../../../tests/hub/opfs';
import type { FileRecord } from './manifest';
import { CacheShelf } from './shelf-cache';
import { OpfsShelf } from './shelf-opfs';
import { ModelStore } from './store';

const places = [
	{
		name: 'the private file system',
		make: () => {
			const disk = new MemoryOpfs();
			return { disk, store: new ModelStore([new OpfsShelf(disk.getDirectory)]) };
		}
	},
	{
		name: 'the Cache API',
		make: () => {
			const disk = new MemoryCaches();
			return { disk, store: new ModelStore([new CacheShelf(disk.asStorage())]) };
		}
	}
];

async function write(store: ModelStore, key: string, path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
	const sink = await store.append(key, path);
	try {
		await sink.write(bytes);
	} finally {
		await sink.close();
	}
}

const read = async (store: ModelStore, key: string, path: string) => {
	const file = await store.read(key, path);
	return file && new Uint8Array(await file.arrayBuffer());
};

const record = (bytes: number | null, whole = true): FileRecord => ({ bytes, sha256: null, etag: null, whole });

describe.each(places)('a store in $name', ({ make }) => {
	it('gives back what was written', async () => {
		const { store } = make();
		await write(store, 'a/b', 'model.safetensors', someBytes(100));
		expect(await read(store, 'a/b', 'model.safetensors')).toEqual(someBytes(100));
		expect(await store.read('a/b', 'config.json')).toBeNull();
		expect(await store.read('a/c', 'model.safetensors')).toBeNull();
	});

	it('goes on writing where it was left, in pieces of any size', async () => {
		const { store } = make();
		const bytes = someBytes(9_500_000);
		const cuts = [0, 10, 5_000_000, 5_000_001, bytes.length];
		for (let i = 1; i < cuts.length; i++) await write(store, 'a/b', 'x', bytes.slice(cuts[i - 1], cuts[i]));
		expect(Buffer.from((await read(store, 'a/b', 'x')) ?? []).equals(bytes)).toBe(true);
		const sink = await store.append('a/b', 'x');
		expect(sink.length).toBe(bytes.length);
		await sink.clear();
		await sink.write(someBytes(5));
		await sink.close();
		expect(await read(store, 'a/b', 'x')).toEqual(someBytes(5));
	});

	it('lists what is whole and what is not, latest first, and deletes by key', async () => {
		const { store } = make();
		await write(store, 'a/b', 'model.safetensors', someBytes(40));
		await store.writeManifest('a/b', { kept: 5, whole: false, files: { 'model.safetensors': record(100, false) } });
		await write(store, 'a/b@dev', 'model.safetensors', someBytes(20));
		await store.writeManifest('a/b@dev', { kept: 7, whole: true, files: { 'model.safetensors': record(20) } });
		expect(await store.list()).toEqual([
			{ repo: 'a/b@dev', bytes: 20, total: 20, whole: true, kept: 7, local: false },
			{ repo: 'a/b', bytes: 40, total: 100, whole: false, kept: 5, local: false }
		]);
		await store.delete('a/b');
		expect((await store.list()).map(({ repo }) => repo)).toEqual(['a/b@dev']);
		await store.delete('a/b');
		await store.delete('a/b@dev', 'model.safetensors');
		expect(await store.list()).toMatchObject([{ repo: 'a/b@dev', bytes: 0, whole: false }]);
	});

	it('does not count as whole what the browser has cleared in part', async () => {
		const { store, disk } = make();
		await write(store, 'a/b', 'model.safetensors', someBytes(100));
		await store.writeManifest('a/b', { kept: 5, whole: true, files: { 'model.safetensors': record(100) } });
		disk.truncate(50);
		expect(await store.list()).toMatchObject([{ repo: 'a/b', whole: false }]);
	});

	it('takes a record that a crash cut off for none', async () => {
		const { store } = make();
		await write(store, 'a/b', 'patchwork.json', new TextEncoder().encode('{"kept":5,"files":{'));
		expect(await store.manifest('a/b')).toBeNull();
		expect(await store.list()).toMatchObject([{ repo: 'a/b', whole: false, kept: 0 }]);
	});

	it('says that there is no room', async () => {
		const { store, disk } = make();
		disk.quota = 50;
		const files = { 'model.safetensors': record(100) };
		const failure = expect(store.writeManifest('a/b', { kept: 5, whole: true, files })).rejects;
		await failure.toMatchObject({ code: 'storage', message: expect.stringContaining('no room left') });
	});

	it('says that storage is forbidden', async () => {
		const { store, disk } = make();
		disk.blocked = true;
		const failure = { code: 'storage', message: expect.stringContaining('does not let the page') };
		await expect(store.append('a/b', 'config.json')).rejects.toMatchObject(failure);
		await expect(store.read('a/b', 'config.json')).rejects.toMatchObject(failure);
		await expect(store.list()).rejects.toMatchObject(failure);
		await expect(store.delete('a/b')).rejects.toMatchObject(failure);
	});
});

describe('a store', () => {
	it('says that this browser has none', async () => {
		await expect(new ModelStore([]).list()).rejects.toMatchObject({ code: 'storage' });
	});

	it('lets only one tab write a file, and none delete it meanwhile', async () => {
		const store = new ModelStore([new OpfsShelf(new MemoryOpfs().getDirectory)]);
		const sink = await store.append('a/b', 'model.safetensors');
		await expect(store.append('a/b', 'model.safetensors')).rejects.toThrow(/^Another tab is fetching this model/);
		await expect(store.delete('a/b')).rejects.toThrow(/is being fetched just now: cancel that first/);
		await sink.close();
		await store.delete('a/b');
		expect(await store.list()).toEqual([]);
	});

	it('waits a moment for a file that is about to be let go', async () => {
		const store = new ModelStore([new OpfsShelf(new MemoryOpfs().getDirectory)]);
		const first = await store.append('a/b', 'model.safetensors');
		setTimeout(() => void first.close(), 20);
		const second = await store.append('a/b', 'model.safetensors');
		expect(second.length).toBe(0);
		await second.close();
	});

	it('finds, and deletes, what an earlier visit kept in the other place', async () => {
		const caches = new CacheShelf(new MemoryCaches().asStorage());
		await write(new ModelStore([caches]), 'a/b', 'config.json', someBytes(3));
		const store = new ModelStore([new OpfsShelf(new MemoryOpfs().getDirectory), caches]);
		expect(await read(store, 'a/b', 'config.json')).toEqual(someBytes(3));
		await store.delete('a/b');
		expect(await store.list()).toEqual([]);
	});
});
