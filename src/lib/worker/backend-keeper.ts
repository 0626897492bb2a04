import { after, fellBack, forced, kindOf, startedOn, type Candidate } from '../engine/backends/choose';
import type { BackendName, BackendReport, ProbeResult } from '../engine/backends/names';
import type { RunningBackend } from '../engine/backends/start';
import { ThreadsFailed } from '../engine/ops/wasm/threads-failed';
import { PatchworkError } from '../base/errors';

export type StartBackend = (name: BackendName, threads?: number) => Promise<RunningBackend>;

/** The backend can't go on. A matter between the keeper and the host: it never reaches the page. */
export class BackendFailed extends Error {}

/** Keeps one backend running, knows when its GPU is lost, and finds the next one. */
export class BackendKeeper {
	readonly #start: StartBackend;
	readonly #onLost: () => void;
	/** Kinds of backends. */
	readonly #broken = new Set<string>();
	#probes: readonly ProbeResult[] = [];
	#current: RunningBackend | null = null;
	#lost: string | null = null;
	#started: { readonly wish: string; readonly report: Promise<BackendReport> } | null = null;
	#interrupt: ((error: BackendFailed) => void) | null = null;

	/** @param onLost told when the current backend's GPU is lost */
	constructor(start: StartBackend, onLost: () => void) {
		this.#start = start;
		this.#onLost = onLost;
	}

	/** The backend that runs. @throws PatchworkError `backend` when none does */
	get current(): RunningBackend {
		if (this.#current) return this.#current;
		throw new PatchworkError('backend', 'The engine has not started; reload the page.');
	}

	/** Why the current backend is gone; null while it is there. */
	get lost(): string | null {
		return this.#lost;
	}

	/**
	 * Starts the backend that was asked for, or WebAssembly: it starts in no time and runs everywhere. The same asked again,
	 * as by a page whose worker had begun before it, is answered again.
	 */
	start(force: BackendName | null, asked = 1): Promise<BackendReport> {
		const wish = `${force} ${asked}`;
		if (this.#started?.wish === wish) return this.#started.report;
		const report = this.#startFirst(force, asked);
		this.#started = { wish, report };
		return report;
	}

	async #startFirst(force: BackendName | null, asked: number): Promise<BackendReport> {
		const wanted = { name: force ?? ('wasm' as const), threads: asked };
		try {
			const { threads } = await this.adopt(wanted.name, asked);
			return force ? forced(force, threads) : startedOn(wanted.name, threads);
		} catch (error) {
			return this.startAfter(wanted, reasonOf(error));
		}
	}

	/** Makes a backend the current one and keeps watch over it. */
	async adopt(name: BackendName, threads?: number): Promise<RunningBackend> {
		const backend = await this.#start(name, threads);
		this.#current = backend;
		void backend.lost.then((why) => {
			if (this.#current !== backend) return;
			this.#lost = why;
			this.#interrupt?.(new BackendFailed(why));
			this.#onLost();
		});
		return backend;
	}

	/** Makes the backend that the probe found fastest the current one, and remembers what else was found. */
	async adoptChosen({ name, threads, probes }: BackendReport): Promise<void> {
		this.#probes = probes;
		await this.adopt(name, threads);
	}

	/** Starts the best backend that is left after `failed`. @throws PatchworkError `backend` when none is */
	async startAfter(failed: Candidate, why: string): Promise<BackendReport> {
		this.#broken.add(kindOf(failed));
		for (const candidate of after(failed, this.#broken, this.#probes)) {
			try {
				const { name, threads } = await this.adopt(candidate.name, candidate.threads);
				return fellBack(failed, why, { name, threads }, this.#probes);
			} catch (error) {
				this.#broken.add(kindOf(candidate));
				console.warn(`${candidate.name} did not start: ${reasonOf(error)}`);
			}
		}
		const sentence =
			'Neither a GPU nor WebAssembly nor plain JavaScript can run the model here. Try a current browser.';
		throw new PatchworkError('backend', sentence);
	}

	/** Removes the current backend. Whatever lives on it has to be disposed before. */
	stop(): void {
		this.#current?.stop();
		this.#current = null;
		this.#lost = null;
	}

	/** Waits for a read, but not for ever: one that is pending when the GPU is lost never settles by itself. */
	untilLost<T>(read: Promise<T>): Promise<T> {
		const lost = new Promise<never>((_, reject) => {
			if (this.#lost !== null) reject(new BackendFailed(this.#lost));
			this.#interrupt = reject;
		});
		return Promise.race([read, lost]).finally(() => {
			this.#interrupt = null;
		});
	}

	/** @throws BackendFailed when the current backend is lost */
	assertThere(): void {
		if (this.#lost !== null) throw new BackendFailed(this.#lost);
	}
}

/** Whether a backend gives other numbers than it should when it fails, as GPUs do. */
export function isGpu(name: BackendName): boolean {
	return name === 'webgpu' || name === 'webgl';
}

/** Whether an error on a backend would not come on another one: any that a GPU gives, and those of threads alone. */
export function isOfBackend(error: unknown, { name, threads }: Candidate): boolean {
	if (error instanceof PatchworkError) return false;
	if (isGpu(name) || error instanceof BackendFailed) return true;
	return threads > 1 && error instanceof ThreadsFailed;
}

/** What went wrong, in the words of whoever threw it. */
export function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
