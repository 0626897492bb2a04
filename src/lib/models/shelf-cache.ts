import type { Shelf, ShelfSink } from './shelf';

const CACHE = 'patchwork-models-2';
/** Keys of the Cache API are URLs; nothing is ever asked of this host (`.invalid` is reserved by RFC 2606). */
const ROOT = 'https://models.invalid/';
const BYTES = 'X-Patchwork-Bytes';
/** Bytes of the pieces that a file is kept in: an entry of a cache cannot be added to. */
const PIECE = 4 * 2 ** 20;

/** The Cache API, where there is no file system to write to: a file is a row of numbered pieces. */
export class CacheShelf implements Shelf {
	readonly #storage: CacheStorage;

	constructor(storage: CacheStorage) {
		this.#storage = storage;
	}

	async keys(): Promise<string[]> {
		const cache = await this.#open();
		const urls = (await cache.keys()).map(({ url }) => url).filter((url) => url.startsWith(ROOT));
		return [...new Set(urls.map((url) => decodeURIComponent(url.slice(ROOT.length).split('/')[0] ?? '')))];
	}

	async read(key: string, path: string): Promise<Blob | null> {
		const pieces = await piecesOf(await this.#open(), addressOf(key, path));
		return pieces.length > 0 ? new Blob(pieces) : null;
	}

	async append(key: string, path: string): Promise<ShelfSink> {
		const cache = await this.#open();
		const address = addressOf(key, path);
		return new CacheSink(cache, address, await piecesOf(cache, address));
	}

	async remove(key: string, path?: string): Promise<void> {
		const cache = await this.#open();
		const start = path === undefined ? addressOf(key) : addressOf(key, path);
		const ours = (await cache.keys()).filter(({ url }) => url.startsWith(start));
		await Promise.all(ours.map((request) => cache.delete(request)));
	}

	#open(): Promise<Cache> {
		return this.#storage.open(CACHE);
	}
}

function addressOf(key: string, path?: string): string {
	const folder = `${ROOT}${encodeURIComponent(key)}/`;
	return path === undefined ? folder : `${folder}${encodeURIComponent(path)}/`;
}

/** The pieces of a file from its start on, up to the first that is missing or was not written to its end. */
async function piecesOf(cache: Cache, address: string): Promise<Blob[]> {
	const pieces: Blob[] = [];
	for (;;) {
		const response = await cache.match(`${address}${pieces.length}`);
		const piece = await response?.blob();
		if (!piece || piece.size !== Number(response?.headers.get(BYTES))) return pieces;
		pieces.push(piece);
	}
}

class CacheSink implements ShelfSink {
	readonly #cache: Cache;
	readonly #address: string;
	#pieces: number;
	/** Bytes in the pieces. */
	#kept: number;
	/** What is not in a piece yet. */
	#waiting = new Uint8Array(PIECE);
	#held = 0;

	constructor(cache: Cache, address: string, pieces: readonly Blob[]) {
		this.#cache = cache;
		this.#address = address;
		this.#pieces = pieces.length;
		this.#kept = pieces.reduce((sum, { size }) => sum + size, 0);
	}

	get length(): number {
		return this.#kept + this.#held;
	}

	async write(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
		for (let at = 0; at < chunk.length;) {
			const part = chunk.subarray(at, at + PIECE - this.#held);
			this.#waiting.set(part, this.#held);
			this.#held += part.length;
			at += part.length;
			if (this.#held === PIECE) await this.#put();
		}
	}

	async clear(): Promise<void> {
		for (let i = 0; i < this.#pieces; i++) await this.#cache.delete(`${this.#address}${i}`);
		this.#pieces = this.#kept = this.#held = 0;
	}

	/** The last piece may be a short one; more of them can follow it. */
	async close(): Promise<void> {
		if (this.#held > 0) await this.#put();
	}

	async #put(): Promise<void> {
		const body = this.#waiting.slice(0, this.#held);
		const headers = { 'Content-Type': 'application/octet-stream', [BYTES]: String(body.length) };
		await this.#cache.put(`${this.#address}${this.#pieces}`, new Response(body, { headers }));
		this.#pieces++;
		this.#kept += body.length;
		this.#held = 0;
	}
}
