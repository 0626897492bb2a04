import { PatchworkError } from '../errors';

/** One file that this browser keeps. */
interface StoredFile {
	readonly repo: string;
	readonly path: string;
	readonly bytes: number;
}

const CACHE = 'patchwork-models-1';
/** Keys of the Cache API are URLs; nothing is ever asked of this host (`.invalid` is reserved by RFC 2606). */
const ROOT = 'https://models.invalid/';
const BYTES = 'X-Patchwork-Bytes';

/** The files of models from the hub, kept in this browser for the next visit (Cache API; in pages and in workers). */
export class ModelStore {
	readonly #storage: CacheStorage | undefined;

	/** @param storage the browser's own; undefined where the browser gives none, as on a page served without TLS. */
	constructor(storage: CacheStorage | undefined = globalThis.caches) {
		this.#storage = storage;
	}

	/** A file's bytes; null if it is not here or not whole. @throws PatchworkError `storage`. */
	async get(repo: string, path: string): Promise<ArrayBuffer | null> {
		return this.#use('read', async (cache) => {
			const response = await cache.match(keyOf(repo, path));
			if (!response) return null;
			const data = await response.arrayBuffer();
			return data.byteLength === bytesOf(response) ? data : null;
		});
	}

	/** Keep a file. @throws PatchworkError `storage` when the browser's storage is full or forbidden. */
	async put(repo: string, path: string, data: ArrayBuffer): Promise<void> {
		const headers = { 'Content-Type': 'application/octet-stream', [BYTES]: String(data.byteLength) };
		await this.#use('write', (cache) => cache.put(keyOf(repo, path), new Response(data, { headers })));
	}

	/** Everything that is kept. @throws PatchworkError `storage`. */
	async list(): Promise<StoredFile[]> {
		return this.#use('read', async (cache) => {
			const keys = await cache.keys();
			const answers = await Promise.all(keys.map((key) => cache.match(key)));
			return keys.flatMap((key, i) => {
				const file = parseKey(key.url);
				const response = answers[i];
				return file && response ? [{ ...file, bytes: bytesOf(response) }] : [];
			});
		});
	}

	/** Forget a repository's files. @throws PatchworkError `storage`. */
	async delete(repo: string): Promise<void> {
		await this.#use('write', async (cache) => {
			const keys = await cache.keys();
			const ours = keys.filter((key) => parseKey(key.url)?.repo === repo);
			await Promise.all(ours.map((key) => cache.delete(key)));
		});
	}

	async #use<T>(purpose: 'read' | 'write', work: (cache: Cache) => Promise<T>): Promise<T> {
		try {
			if (!this.#storage) throw new Error('The Cache API is not available.');
			return await work(await this.#storage.open(CACHE));
		} catch (cause) {
			throw new PatchworkError('storage', sentenceFor(purpose, cause), { cause });
		}
	}
}

function sentenceFor(purpose: 'read' | 'write', cause: unknown): string {
	if (cause instanceof DOMException && cause.name === 'QuotaExceededError') {
		return 'There is no room left in this browser to keep the model: it works for this visit; free some space to keep it.';
	}
	return purpose === 'read'
		? 'This browser does not let the page read what it has kept: the model must be fetched again.'
		: 'This browser does not let the page keep the model: it works for this visit and is fetched again on the next.';
}

function keyOf(repo: string, path: string): string {
	return `${ROOT}${encodeURIComponent(repo)}/${encodeURIComponent(path)}`;
}

function parseKey(url: string): { repo: string; path: string } | null {
	if (!url.startsWith(ROOT)) return null;
	const [repo, path] = url.slice(ROOT.length).split('/').map(decodeURIComponent);
	return repo !== undefined && path !== undefined ? { repo, path } : null;
}

function bytesOf(response: Response): number {
	return Number(response.headers.get(BYTES));
}
