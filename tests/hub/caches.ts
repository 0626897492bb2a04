/** A small Cache API in memory, for what the store of models uses of it. Node has none. */
export class MemoryCaches implements Pick<CacheStorage, 'open'> {
	readonly #responses = new Map<string, { body: ArrayBuffer; headers: Headers }>();
	/** Bytes that may be kept; a `put` beyond that fails as a browser's does. */
	quota = Infinity;
	/** Whether the browser forbids storage altogether. */
	blocked = false;

	/** As the browser's own, with every method that nobody here calls left out. */
	asStorage(): CacheStorage {
		return this as unknown as CacheStorage;
	}

	async open(): Promise<Cache> {
		if (this.blocked) throw new DOMException('The operation is insecure.', 'SecurityError');
		return this as unknown as Cache;
	}

	async match(key: Request | string): Promise<Response | undefined> {
		const kept = this.#responses.get(urlOf(key));
		return kept && new Response(kept.body.slice(0), { headers: kept.headers });
	}

	async put(key: string, response: Response): Promise<void> {
		const body = await response.arrayBuffer();
		const used = [...this.#responses.values()].reduce((sum, kept) => sum + kept.body.byteLength, 0);
		if (used + body.byteLength > this.quota) throw new DOMException('Quota exceeded.', 'QuotaExceededError');
		this.#responses.set(key, { body, headers: response.headers });
	}

	async keys(): Promise<Request[]> {
		return [...this.#responses.keys()].map((url) => new Request(url));
	}

	async delete(key: Request | string): Promise<boolean> {
		return this.#responses.delete(urlOf(key));
	}

	/** Cut every kept body to so many bytes, as a browser that was killed while writing might leave it. */
	truncate(bytes: number): void {
		for (const [url, { body, headers }] of this.#responses) {
			this.#responses.set(url, { body: body.slice(0, bytes), headers });
		}
	}
}

function urlOf(key: Request | string): string {
	return typeof key === 'string' ? key : key.url;
}
