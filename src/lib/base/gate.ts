import { cancelled } from './errors';

/** Lets somebody hold work up and let it go on: the page has one end of it, the download the other. */
export class Gate {
	#paused = false;
	readonly #listeners = new Set<() => void>();

	get paused(): boolean {
		return this.#paused;
	}

	pause(): void {
		this.#set(true);
	}

	resume(): void {
		this.#set(false);
	}

	/** Told whenever `paused` changes. Gives what ends that. */
	onChange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => void this.#listeners.delete(listener);
	}

	/** Waits until the work may go on. @throws PatchworkError `cancelled` */
	async opened(signal?: AbortSignal): Promise<void> {
		if (signal?.aborted) throw cancelled();
		if (!this.#paused) return;
		const { promise, resolve } = withResolvers();
		const end = this.onChange(resolve);
		signal?.addEventListener('abort', resolve, { once: true });
		await promise;
		end();
		signal?.removeEventListener('abort', resolve);
		// It may have been closed again before this got its turn.
		return this.opened(signal);
	}

	#set(paused: boolean): void {
		if (this.#paused === paused) return;
		this.#paused = paused;
		for (const listener of [...this.#listeners]) listener();
	}
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
	let resolve: () => void = () => undefined;
	const promise = new Promise<void>((done) => (resolve = done));
	return { promise, resolve };
}
