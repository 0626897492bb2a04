import { choose } from '../engine/backends/choose';
import type { BackendName, BackendReport } from '../engine/backends/names';
import type { Edit } from '../engine/edits/edit';
import type { ModelConfig } from '../engine/families';
import type { TapData } from '../engine/tap';
import { toPatchworkError } from '../base/errors';
import type { ModelSource } from '../models/source';
import { Channel, type RequestOptions } from './channel';
import { probeAll } from './probe-all';
import type { ExperimentResult, RunResult } from './protocol';
import type { LoadedModel } from '../models/loaded-model';
import type { Crop } from '../engine/crop';

/** What may be said of a run. */
export interface RunParams {
	readonly crop?: Crop | null;
	readonly imageSize?: ModelConfig['imageSize'] | null;
}

/** The page's side of the engine. All rejections are `PatchworkError`s, made to be shown. */
export class EngineClient {
	readonly #force: BackendName | null;
	readonly #listeners = new Set<(report: BackendReport) => void>();
	readonly #engine = new Channel('patchwork-engine', (report) => this.#tell(report));
	#started: Promise<BackendReport> | null = null;
	#probing: AbortController | null = null;

	/** @param options.force the one backend to try first, as `?backend=` says; without it the fastest is found */
	constructor({ force = null }: { force?: BackendName | null } = {}) {
		this.#force = force;
	}

	/** Starts a backend; asked again, gives the same answer. */
	start(): Promise<BackendReport> {
		this.#started ??= this.#engine.ask('start', { force: this.#force });
		return this.#started;
	}

	/** Makes a model the current one. The one before stays until the new one is ready, and if it fails. */
	async load(source: ModelSource, options: RequestOptions = {}): Promise<LoadedModel> {
		// The files are fetched while the backend starts. If it can't, that is told by `start`, and by this request too.
		this.start().catch(() => undefined);
		return this.#engine.ask('load', { source }, options);
	}

	/**
	 * Runs the model on a photo.
	 * @param photo upright; copied, so it stays the caller's
	 * @param options.crop the region to look at; the centre, as in training, without it
	 * @param options.imageSize height and width of the model's input, in pixels (see `resolution.ts`); its own without it
	 */
	async run(
		photo: ImageBitmap,
		{ crop = null, imageSize = null, ...options }: RequestOptions & RunParams = {}
	): Promise<RunResult> {
		await this.start();
		const copy = await copyOf(photo);
		try {
			const result = await this.#engine.ask('run', { photo: copy, crop, imageSize }, options, [copy]);
			this.#probeOnce();
			return result;
		} finally {
			// If the question was cancelled before it was asked, the copy is still here; once it has left this does nothing.
			copy.close();
		}
	}

	/**
	 * Runs the model once more on the side; run `run` stays the one that can be read.
	 * @param photo upright, of which the centre is seen as in training; copied. Null: what run `run` was of
	 * @param names the taps, or parameters, to give
	 * @throws PatchworkError `request` when a newer run has replaced `run`, or for an edit that does not fit the model
	 */
	async experiment(
		run: number,
		photo: ImageBitmap | null,
		edits: readonly Edit[],
		names: readonly string[],
		{ signal }: Pick<RequestOptions, 'signal'> = {}
	): Promise<ExperimentResult> {
		const copy = photo && (await copyOf(photo));
		try {
			const params = { run, photo: copy, edits, names };
			return await this.#engine.ask('experiment', params, signal ? { signal } : {}, copy ? [copy] : []);
		} finally {
			copy?.close();
		}
	}

	/** The values of some taps of run `run`, or of its model's parameters (`parameters.…`). @throws PatchworkError `request` when a newer run has replaced it */
	read(run: number, names: readonly string[]): Promise<TapData[]> {
		return this.#engine.ask('read', { run, names });
	}

	/** Tells when the backend changes without being asked: a faster one was found, or the GPU was lost. */
	onBackend(listener: (report: BackendReport) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Ends the worker. Questions that wait are rejected as `cancelled`. */
	dispose(): void {
		this.#probing?.abort();
		this.#engine.close();
	}

	#tell(report: BackendReport): void {
		for (const listener of this.#listeners) listener(report);
	}

	/**
	 * Measures the backends once, when the first result is there, in workers of their own so that nobody waits; moves
	 * if another is clearly faster. Without workers there is no such place, and the engine stays where it started.
	 */
	#probeOnce(): void {
		if (this.#probing || this.#force || typeof Worker === 'undefined') return;
		this.#probing = new AbortController();
		void this.#moveToFastest(this.#probing.signal);
	}

	async #moveToFastest(signal: AbortSignal): Promise<void> {
		try {
			const { name } = await this.start();
			const report = choose(await probeAll(signal), name);
			if (report) this.#tell(await this.#engine.ask('use', { report }));
		} catch (error) {
			if (!signal.aborted) console.warn('The engine stays where it started.', error);
		}
	}
}

async function copyOf(photo: ImageBitmap): Promise<ImageBitmap> {
	try {
		return await createImageBitmap(photo);
	} catch (error) {
		throw toPatchworkError(error, 'photo', 'There is no memory left for this photo; try a smaller one.');
	}
}
