/** Files that were asked for before anybody who wants them was there. */
export interface BegunFiles {
	/** Like the browser's own `fetch`, and hands each of the files out once, as if it had been asked for just now. */
	readonly fetch: typeof globalThis.fetch;
	/** Gives up what nobody has taken. */
	giveUp(): void;
}

interface Begun {
	readonly response: Promise<Response>;
	readonly stop: AbortController;
}

/** Asks for files at once. @param urls absolute */
export function beginFiles(urls: readonly string[], fetch = globalThis.fetch): BegunFiles {
	const begun = new Map(urls.map((url) => [url, begin(url, fetch)] as const));
	return {
		fetch: (input, init) => {
			// One who asks for a part, or by which way it is to come, asks anew.
			const isPlain = typeof input === 'string' && !init?.cache && [...new Headers(init?.headers)].length === 0;
			const file = isPlain && begun.get(input);
			if (!file) return fetch(input, init);
			begun.delete(input);
			return handOut(file, init?.signal ?? null);
		},
		giveUp: () => {
			for (const { stop } of begun.values()) stop.abort();
			begun.clear();
		}
	};
}

function begin(url: string, fetch: typeof globalThis.fetch): Begun {
	const stop = new AbortController();
	const response = fetch(url, { signal: stop.signal });
	// Whoever takes it is told.
	response.catch(() => undefined);
	return { response, stop };
}

function handOut({ response, stop }: Begun, signal: AbortSignal | null): Promise<Response> {
	const end = () => stop.abort(signal?.reason);
	if (signal?.aborted) end();
	else signal?.addEventListener('abort', end, { once: true });
	return response;
}
