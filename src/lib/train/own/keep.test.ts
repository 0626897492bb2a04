import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { OwnPhoto } from './classes';
import { forgetClasses, keepClasses, loadClasses } from './keep';

const database = vi.hoisted(() => ({
	kept: new Map<string, unknown>(),
	written: [] as string[],
	error: null as Error | null
}));

/** The database of the browser, which Node lacks, as a map. */
vi.mock('idb-keyval', () => {
	const run = <T>(work: () => T): Promise<T> =>
		database.error ? Promise.reject(database.error) : Promise.resolve(work());
	const { kept, written } = database;
	return {
		createStore: () => 'store',
		get: (key: string) => run(() => kept.get(key)),
		getMany: (all: string[]) => run(() => all.map((key) => kept.get(key))),
		keys: () => run(() => [...kept.keys()]),
		setMany: (all: [string, unknown][]) =>
			run(() => all.forEach(([key, value]) => (written.push(key), kept.set(key, value)))),
		delMany: (all: string[]) => run(() => all.forEach((key) => kept.delete(key))),
		clear: () => run(() => kept.clear())
	};
});

const photo = (id: string): OwnPhoto => ({ id, title: `${id}.jpg`, blob: new Blob([id]), thumb: new Blob() });
const [a, b] = [photo('a'), photo('b')];

beforeEach(() => {
	database.kept.clear();
	database.written.length = 0;
	database.error = null;
});

describe('classes that are remembered', () => {
	it('come back as they were, and are forgotten with their photos', async () => {
		const classes = [
			{ id: 'class-1', name: 'cats', photos: [a] },
			{ id: 'class-2', name: 'dogs', photos: [b] }
		];
		await keepClasses(classes);
		expect(await loadClasses()).toEqual(classes);
		await forgetClasses();
		expect(await loadClasses()).toEqual([]);
		expect(database.kept.size).toBe(0);
	});

	it('write a photo once, and drop one that is in no class any more', async () => {
		await keepClasses([{ id: 'class-1', name: 'cats', photos: [a, b] }]);
		await keepClasses([{ id: 'class-1', name: 'my cats', photos: [a] }]);
		expect(database.written.filter((key) => key === 'photo:a')).toHaveLength(1);
		expect([...database.kept.keys()].sort()).toEqual(['classes', 'photo:a']);
	});

	it('lose no more than what the browser has lost', async () => {
		await keepClasses([{ id: 'class-1', name: 'cats', photos: [a, b] }]);
		database.kept.set('photo:a', 'damaged');
		expect(await loadClasses()).toEqual([{ id: 'class-1', name: 'cats', photos: [b] }]);
		database.kept.set('classes', [{ id: 1 }]);
		expect(await loadClasses()).toEqual([]);
	});

	it('say that the storage is full where it is', async () => {
		database.error = new DOMException('full', 'QuotaExceededError');
		await expect(keepClasses([])).rejects.toThrow(
			'Your classes were not remembered: the storage of this browser is full.'
		);
	});
});
