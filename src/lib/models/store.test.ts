import { describe, expect, it } from 'vitest';
import { MemoryCaches } from '../../../tests/hub/caches';
import { someBytes } from '../../../tests/hub/folders';
import { ModelStore } from './store';

function makeStore() {
	const caches = new MemoryCaches();
	return { caches, store: new ModelStore(caches.asStorage()) };
}

describe('ModelStore', () => {
	it('gives back what was put', async () => {
		const { store } = makeStore();
		await store.put('a/b', 'model.safetensors', someBytes(100).buffer);
		expect(await store.get('a/b', 'model.safetensors')).toEqual(someBytes(100).buffer);
		expect(await store.get('a/b', 'config.json')).toBeNull();
		expect(await store.get('a/c', 'model.safetensors')).toBeNull();
	});

	it('lists and deletes by repository', async () => {
		const { store } = makeStore();
		await store.put('a/b', 'x/config.json', someBytes(10).buffer);
		await store.put('a/c', 'config.json', someBytes(20).buffer);
		expect(await store.list()).toEqual([
			{ repo: 'a/b', path: 'x/config.json', bytes: 10 },
			{ repo: 'a/c', path: 'config.json', bytes: 20 }
		]);
		await store.delete('a/b');
		expect(await store.list()).toEqual([{ repo: 'a/c', path: 'config.json', bytes: 20 }]);
	});

	it('does not give back a file that is no longer whole', async () => {
		const { caches, store } = makeStore();
		await store.put('a/b', 'model.safetensors', someBytes(100).buffer);
		caches.truncate(50);
		expect(await store.get('a/b', 'model.safetensors')).toBeNull();
	});

	it('says that there is no room', async () => {
		const { caches, store } = makeStore();
		caches.quota = 50;
		const failure = expect(store.put('a/b', 'model.safetensors', someBytes(100).buffer)).rejects;
		await failure.toMatchObject({ code: 'storage', message: expect.stringContaining('no room left') });
	});

	it.each([
		['blocked', { blocked: true }],
		['missing', null]
	])('says that storage is %s', async (_, state) => {
		const { caches } = makeStore();
		const store = new ModelStore(state === null ? undefined : Object.assign(caches, state).asStorage());
		const failure = { code: 'storage', message: expect.stringContaining('does not let the page') };
		await expect(store.put('a/b', 'config.json', someBytes(1).buffer)).rejects.toMatchObject(failure);
		await expect(store.get('a/b', 'config.json')).rejects.toMatchObject(failure);
		await expect(store.list()).rejects.toMatchObject(failure);
	});
});
