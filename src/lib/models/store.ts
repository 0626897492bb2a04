import { PatchworkError } from '../base/errors';
import { MANIFEST_FILE, parseManifest, type Manifest } from './manifest';
import { writeText, type Shelf, type ShelfSink } from './shelf';
import { CacheShelf } from './shelf-cache';
import { OpfsShelf, writableOpfs } from './shelf-opfs';

/** A model that this browser keeps, whole or as far as it came. */
export interface StoredModel {
	/** The store's key: `owner/name`, `owner/name@revision`, or `local/name` for files from the reader's disk. */
	readonly repo: string;
	/** Bytes that are here. */
	readonly bytes: number;
	/** Bytes of the whole model; null where nobody has said yet. */
	readonly total: number | null;
	/** Whether it can be used without a network. */
	readonly whole: boolean;
	/** When it was asked for, in milliseconds since 1970. */
	readonly kept: number;
	/** Whether it came from the reader's disk, so that no hub has it. */
	readonly local: boolean;
}

/** Keys of models from the reader's disk begin with this. The hub has no owner of that name. */
export const LOCAL = 'local/';

/** The files of models, kept in this browser for the next visit; in pages and in workers. */
export class ModelStore {
	readonly #shelves: readonly Shelf[];
	readonly #write: Shelf | undefined;

	/** @param shelves the browser's own places, best first; the first is written to, all are read */
	constructor(shelves: readonly Shelf[] = browserShelves()) {
		this.#shelves = shelves;
		this.#write = shelves[0];
	}

	/** The record of a model; null if nothing of it is kept. @throws PatchworkError `storage` */
	async manifest(key: string): Promise<Manifest | null> {
		const file = await this.read(key, MANIFEST_FILE);
		return file && this.#use('read', async () => parseManifest(await file.text()));
	}

	/** @throws PatchworkError `storage` */
	async writeManifest(key: string, manifest: Manifest): Promise<void> {
		await this.#use('write', (shelf) => writeText(shelf, key, MANIFEST_FILE, JSON.stringify(manifest)));
	}

	/** A file as far as it is here, to be read piece by piece; null if it is not. @throws PatchworkError `storage` */
	async read(key: string, path: string): Promise<Blob | null> {
		return this.#use('read', async () => {
			for (const shelf of this.#shelves) {
				const file = await shelf.read(key, path);
				if (file) return file;
			}
			return null;
		});
	}

	/** Goes on writing a file, or begins it. @throws PatchworkError `storage`; what the sink throws is the browser's own */
	async append(key: string, path: string): Promise<ShelfSink> {
		return this.#use('write', (shelf) => shelf.append(key, path));
	}

	/** Everything that is kept, whole or in part. @throws PatchworkError `storage` */
	async list(): Promise<StoredModel[]> {
		const found = await this.#use('read', async () => (await Promise.all(this.#shelves.map((s) => s.keys()))).flat());
		const models = await Promise.all([...new Set(found)].map((key) => this.#describe(key)));
		return models.sort((a, b) => b.kept - a.kept || a.repo.localeCompare(b.repo));
	}

	/** Forgets a model's files, or one of them. @throws PatchworkError `storage` */
	async delete(key: string, path?: string): Promise<void> {
		await this.#use('delete', () => Promise.all(this.#shelves.map((shelf) => shelf.remove(key, path))));
	}

	async #describe(key: string): Promise<StoredModel> {
		// A file that is being written just now may refuse to be looked at: the list is made without it.
		const manifest = await this.manifest(key).catch(() => null);
		const records = Object.entries(manifest?.files ?? {});
		const sizeOf = async (path: string) => (await this.read(key, path).catch(() => null))?.size ?? 0;
		const sizes = await Promise.all(records.map(([path]) => sizeOf(path)));
		const bytes = sizes.reduce((sum, size) => sum + size, 0);
		const total = records.reduce<number | null>((sum, [, file]) => addSizes(sum, file.bytes), 0);
		// Storage that the browser cleared in part is no model any more, whatever the record says.
		const whole = manifest?.whole === true && records.every(([, file], i) => file.bytes === sizes[i]);
		return { repo: key, bytes, total, whole, kept: manifest?.kept ?? 0, local: key.startsWith(LOCAL) };
	}

	async #use<T>(purpose: Purpose, work: (shelf: Shelf) => Promise<T>): Promise<T> {
		try {
			if (!this.#write) throw new Error('This browser gives the page no storage.');
			return await work(this.#write);
		} catch (cause) {
			throw storageError(purpose, cause);
		}
	}
}

const addSizes = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);

type Purpose = 'read' | 'write' | 'delete';

/** What a browser threw when it was asked to keep something, or to give it back, as a sentence. */
export function storageError(purpose: Purpose, cause: unknown): PatchworkError {
	if (cause instanceof PatchworkError) return cause;
	return new PatchworkError('storage', sentenceFor(purpose, cause instanceof DOMException ? cause.name : ''), {
		cause
	});
}

function sentenceFor(purpose: Purpose, name: string): string {
	const busy = name === 'NoModificationAllowedError';
	if (purpose === 'delete') return busy ? BEING_FETCHED : NOT_DELETED;
	if (name === 'QuotaExceededError') return NO_ROOM;
	if (busy) return 'Another tab is fetching this model and keeps it: here it works for this visit.';
	return purpose === 'read'
		? 'This browser does not let the page read what it has kept: the model must be fetched again.'
		: 'This browser does not let the page keep the model: it works for this visit and is fetched again on the next.';
}

const BEING_FETCHED = 'This model is being fetched just now: cancel that first, then delete it.';
const NOT_DELETED = 'This browser does not let the page delete what it has kept: clear the data of this site instead.';

export const NO_ROOM =
	'There is no room left in this browser to keep the model: it works for this visit; free some space to keep it.';

/**
 * Where this browser lets files be kept, best first: its private file system where files can be written in place,
 * which only workers may do, and the Cache API. A page served without TLS has neither.
 */
function browserShelves(): Shelf[] {
	const { caches, navigator } = globalThis;
	const readable = typeof navigator?.storage?.getDirectory === 'function';
	const opfs = readable ? new OpfsShelf(() => navigator.storage.getDirectory()) : null;
	const cache = caches === undefined ? null : new CacheShelf(caches);
	const ordered = writableOpfs() ? [opfs, cache] : [cache, opfs];
	return ordered.filter((shelf) => shelf !== null);
}
