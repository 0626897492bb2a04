import { clear, entries, promisifyRequest, type UseStore } from 'idb-keyval';
import { patiently } from '../../models/shelf-opfs';

/** One place in which this browser keeps something for us, by the name that it has there. */
export type Place =
	/** A key of `localStorage`. */
	| { readonly kind: 'setting'; readonly name: string }
	/** An IndexedDB database with one table, as idb-keyval makes it. */
	| { readonly kind: 'database'; readonly name: string; readonly table: string }
	/** Caches of the Cache API whose names begin so: a site's carry their build's. */
	| { readonly kind: 'caches'; readonly name: string }
	/** A folder of the origin private file system. */
	| { readonly kind: 'folder'; readonly name: string };

/**
 * Bytes that lie in a place: those of what was kept, without what the browser adds for its own books. 0 where nothing does.
 * @param signal once nobody wants to know any more: to read gigabytes takes a while
 * @throws whatever the browser says, or the signal's reason
 */
export async function bytesIn(place: Place, signal?: AbortSignal): Promise<number> {
	switch (place.kind) {
		case 'setting':
			return bytesOf(localStorage.getItem(place.name) ?? '');
		case 'database':
			return (await isThere(place.name)) ? bytesOf(await within(place, entries)) : 0;
		case 'caches':
			return sum(await Promise.all((await cachesOf(place.name)).map((name) => bytesOfCache(name, signal))));
		case 'folder':
			return bytesOfFolder(await folderOf(place.name));
	}
}

/** Empties a place. @throws whatever the browser says */
export async function empty(place: Place): Promise<void> {
	switch (place.kind) {
		case 'setting':
			return localStorage.removeItem(place.name);
		case 'database':
			// Its table is emptied rather than the database deleted, which would wait for every tab that has it open.
			return (await isThere(place.name)) ? within(place, clear) : undefined;
		case 'caches':
			await Promise.all((await cachesOf(place.name)).map((name) => caches.delete(name)));
			return;
		case 'folder':
			if (await folderOf(place.name))
				await patiently(async () =>
					(await navigator.storage.getDirectory()).removeEntry(place.name, { recursive: true })
				);
	}
}

type Database = Extract<Place, { readonly kind: 'database' }>;

const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);

/** To open a database that is not there would make it. Browsers that cannot list theirs are taken to have it. */
async function isThere(database: string): Promise<boolean> {
	const all = await indexedDB.databases?.();
	return all?.some(({ name }) => name === database) ?? true;
}

/** Does some work in a database's table, and closes it again: whoever would delete it waits for every one that is open. */
async function within<T>({ name, table }: Database, work: (store: UseStore) => Promise<T>): Promise<T> {
	const opening = indexedDB.open(name);
	opening.onupgradeneeded = () => opening.result.createObjectStore(table);
	const database = await promisifyRequest(opening);
	try {
		return await work(async (mode, use) => use(database.transaction(table, mode).objectStore(table)));
	} finally {
		database.close();
	}
}

/** What a value takes that was kept as a structured clone: its bytes, two a character, eight a number. */
export function bytesOf(value: unknown): number {
	if (typeof value === 'string') return 2 * value.length;
	if (typeof value === 'number') return 8;
	if (value instanceof Blob) return value.size;
	if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
	if (value instanceof Map) return bytesOf([...value]);
	if (typeof value !== 'object' || value === null) return 0;
	return sum(Object.values(value).map(bytesOf));
}

async function cachesOf(start: string): Promise<string[]> {
	// A page that was served without TLS has none.
	if (typeof caches === 'undefined') return [];
	return (await caches.keys()).filter((name) => name.startsWith(start));
}

async function bytesOfCache(name: string, signal?: AbortSignal): Promise<number> {
	const cache = await caches.open(name);
	let bytes = 0;
	// One after the other, so that not all of a site is in memory at once.
	for (const request of await cache.keys()) {
		signal?.throwIfAborted();
		bytes += (await (await cache.match(request))?.blob())?.size ?? 0;
	}
	return bytes;
}

async function folderOf(name: string): Promise<FileSystemDirectoryHandle | null> {
	if (typeof navigator.storage?.getDirectory !== 'function') return null;
	try {
		return await (await navigator.storage.getDirectory()).getDirectoryHandle(name);
	} catch (error) {
		if (error instanceof DOMException && error.name === 'NotFoundError') return null;
		throw error;
	}
}

async function bytesOfFolder(folder: FileSystemDirectoryHandle | null): Promise<number> {
	let bytes = 0;
	for await (const handle of folder?.values() ?? [])
		bytes += handle.kind === 'file' ? (await handle.getFile()).size : await bytesOfFolder(handle);
	return bytes;
}
