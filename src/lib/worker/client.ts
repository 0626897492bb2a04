import { choose } from '../engine/backends/choose';
import type { BackendName, BackendReport } from '../engine/backends/names';
import type { MapPlace } from '../engine/gradients';
import type { HeadsTask, TrainedHeads } from '../engine/head/softmax-heads';
import type { Part } from '../engine/part';
import type { TapData } from '../engine/tap';
import { toPatchworkError } from '../base/errors';
import type { OwnHead } from '../models/head-tensors';
import type { HeadedFiles } from '../models/new-head';
import type { ModelSource } from '../models/source';
import type { Channel, RequestOptions } from './channel';
import { LastingWorker } from './lasting-worker';
import { probeAll } from './probe-all';
import type { PhotoInput, RunAnswer, RunChanges, RunResult, SameInput } from './protocol';
import type { LoadedModel } from '../models/loaded-model';

/** What may be said of a run; of one on what an earlier one saw, only its changes. */
export interface RunParams extends Partial<Omit<PhotoInput, 'photo'>>, RunChanges {}

/**
 * The page's side of the engine. All rejections are `PatchworkError`s, made to be shown. A worker that breaks down is
 * replaced, see {@link LastingWorker}.
 */
export class EngineClient {
	readonly #force: BackendName | null;
	readonly #listeners = new Set<(report: BackendReport) => void>();
	readonly #engine: LastingWorker;
	#probing: AbortController | null = null;

	/**
	 * @param options.force the one backend to try first, as `?backend=` says; without it the fastest is found
	 * @param options.threads that it is to run on, where it can
	 */
	constructor({ force = null, threads }: { force?: BackendName | null; threads?: number | undefined } = {}) {
		this.#force = force;
		this.#engine = new LastingWorker(
			{ force, threads },
			{
				onBackend: (report) => this.#tell(report),
				// A run that was given up too late is there, and nobody knows of it.
				onUnwanted: (result) => {
					if (result !== null && 'run' in result) void this.forget([result.run]);
				}
			}
		);
	}

	/** Starts a backend; asked again, gives the same answer. */
	start(): Promise<BackendReport> {
		return this.#engine.start();
	}

	/** Makes a model the current one. The one before stays until the new one is ready, and if it fails. */
	async load(source: ModelSource, options: RequestOptions = {}): Promise<LoadedModel> {
		// The files are fetched while the backend starts. If it can't, that is told by `start`, and by this request too.
		this.start().catch(() => undefined);
		return this.#engine.load(source, options);
	}

	/**
	 * Runs the model. What the run keeps can be read until it is forgotten, see {@link forget}.
	 * @param on a photo, upright; copied, so it stays the caller's. Or an earlier run: what that saw is run once more
	 * @param options.crop the region to look at; the centre, as in training, without it
	 * @param options.imageSize height and width of the model's input, in pixels (see `resolution.ts`); its own without it
	 * @param options.like a run whose model must run this, at the size of its input where none is said
	 * @param options.sample the id of the site's sample that the photo is, if of any: the first that is asked for may have been run
	 * already
	 * @param options.edits what the run does otherwise than the model
	 * @param options.names the only taps that will be read of it; all can be without it
	 * @throws PatchworkError `request` where a run that this speaks of, or its model, is gone, or for an edit that does
	 * not fit the model
	 */
	async run(
		on: ImageBitmap | SameInput,
		{
			crop = null,
			imageSize = null,
			like = null,
			sample = null,
			edits = [],
			names = null,
			...options
		}: RequestOptions & RunParams = {}
	): Promise<RunResult> {
		await this.start();
		const changes = { edits, names };
		if ('of' in on) {
			const { of } = on;
			return this.#engine.run((worker) => worker.ask('run', { of, ...changes }, options), changes, of);
		}
		const params = { crop, imageSize, like, sample, ...changes };
		return this.#engine.run((worker) => askOfCopy(worker, on, params, options), changes);
	}

	/**
	 * The values of some taps of run `run`, or of its model's parameters (`parameters.…`).
	 * @throws PatchworkError `request` where the run is gone, or did not keep them; for a parameter, where its model is gone
	 */
	async read(
		run: number,
		names: readonly string[],
		{ part = null, ...options }: Omit<RequestOptions, 'gate'> & { readonly part?: Part | null } = {}
	): Promise<TapData[]> {
		const taps = await this.#engine.through((worker) => worker.ask('read', { run, names, part }, options));
		this.#probeOnce();
		return taps;
	}

	/**
	 * The gradients of a number of run `run` with respect to some of its taps, in the order of `names`, each shaped as its
	 * tap. `options.onProgress` hears of every block on the way back from the last.
	 * @param of the output of the head whose logit it is, counted from 0, or the place of a map whose features are summed
	 * @throws PatchworkError `request` where the run or its model is gone, where it did not keep all taps, for a class, a
	 * place or a tap that is not there or that the number does not depend on, and for an edit that gradients are not followed through;
	 * `cancelled` when `options.signal` says so
	 */
	gradients(
		run: number,
		of: number | MapPlace,
		names: readonly string[],
		options: RequestOptions = {}
	): Promise<TapData[]> {
		const start = typeof of === 'number' ? { classIndex: of } : of;
		return this.#engine.through((worker) => worker.ask('gradients', { run, names, ...start }, options));
	}

	/**
	 * Trains softmax layers. `options.onProgress` hears of the steps.
	 * @throws PatchworkError `cancelled` when `options.signal` says so
	 */
	async trainHeads(task: HeadsTask, options: RequestOptions = {}): Promise<TrainedHeads> {
		await this.start();
		return this.#engine.through((worker) => worker.ask('trainHeads', task, options), false);
	}

	/**
	 * The files of a run's model with another head.
	 * @throws PatchworkError `request` where the run's model is gone, or has no place for a head
	 */
	withHead(run: number, head: OwnHead): Promise<HeadedFiles> {
		return this.#engine.through((worker) => worker.ask('withHead', { run, head }));
	}

	/** Gives back what runs kept. Never rejects: where the engine is gone, they are too. */
	forget(runs: readonly number[]): Promise<void> {
		return this.#engine.forget(runs);
	}

	/** Tells when the backend changes without being asked: a faster one was found, the GPU was lost, the worker broke down. */
	onBackend(listener: (report: BackendReport) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Comes when nobody has waited for an answer for a while, and the page has nothing to draw. */
	atRest(): Promise<void> {
		return this.#engine.rest.come();
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
	 * Measures the backends once, when what is read first has been drawn and nobody waits for more, in workers of their own;
	 * moves if another is clearly faster. Without workers there is no such place, and the engine stays where it started.
	 */
	#probeOnce(): void {
		if (this.#probing || this.#force || typeof Worker === 'undefined') return;
		this.#probing = new AbortController();
		void this.#moveToFastest(this.#probing.signal);
	}

	async #moveToFastest(signal: AbortSignal): Promise<void> {
		try {
			const { name } = await this.start();
			await this.atRest();
			// Ended meanwhile.
			if (signal.aborted) return;
			const report = choose(await probeAll(signal), name);
			if (report) this.#tell(await this.#engine.use(report));
		} catch (error) {
			if (!signal.aborted) console.warn('The engine stays where it started.', error);
		}
	}
}

/** Asks for a run on a copy of a photo, which leaves this thread. */
async function askOfCopy(
	worker: Channel,
	photo: ImageBitmap,
	params: Omit<PhotoInput, 'photo'> & RunChanges,
	options: RequestOptions
): Promise<RunAnswer> {
	const copy = await copyOf(photo);
	try {
		return await worker.ask('run', { photo: copy, ...params }, options, [copy]);
	} finally {
		// If the question was cancelled before it was asked, the copy is still here; once it has left this does nothing.
		copy.close();
	}
}

async function copyOf(photo: ImageBitmap): Promise<ImageBitmap> {
	try {
		return await createImageBitmap(photo);
	} catch (error) {
		throw toPatchworkError(error, 'photo', 'There is no memory left for this photo; try a smaller one.');
	}
}
