import * as tf from '@tensorflow/tfjs-core';
import type { BackendName, BackendReport } from '../engine/backends/names';
import { planCheckpoint } from '../engine/checkpoint/plan';
import type { ModelConfig } from '../engine/families';
import { preprocess } from '../engine/preprocess';
import { resized } from '../engine/resolution';
import type { TapData } from '../engine/tap';
import type { Trace } from '../engine/trace';
import { cancelled, PatchworkError } from '../base/errors';
import type { FetchModelOptions, ModelFiles } from '../models/model-files';
import type { ModelSource } from '../models/source';
import { answerOf } from './answer';
import { BackendFailed, BackendKeeper, isGpu, reasonOf } from './backend-keeper';
import { runAside, runChecked, type CheckedRun } from './forward';
import { loadModel, type Loaded } from './loaded';
import { ModelSeat } from './model-seat';
import type { ExperimentResult, Requests, RunResult } from './protocol';
import type { LoadedModel } from '../models/loaded-model';
import type { Handlers, RequestContext, Surroundings } from './surroundings';

type ImageSize = ModelConfig['imageSize'];

/** Whatever cannot run is refused before its weights are fetched. @throws PatchworkError `config` or `checkpoint` */
const approve: FetchModelOptions['approve'] = ({ config, preprocessor }, table) => {
	planCheckpoint(config, preprocessor, table);
};

/**
 * The engine behind the worker's door: one backend, one model, the trace of the last run. What needs the backend is
 * served one after the other. When a GPU is lost or fails, the next backend takes over, with the model and the last
 * input, and the request that stumbled is served as if nothing had been.
 */
export class EngineHost {
	readonly #around: Surroundings;
	readonly #backend: BackendKeeper;
	#queue: Promise<unknown> = Promise.resolve();
	readonly #seat = new ModelSeat();
	#input: { readonly pixelValues: Float32Array; readonly imageSize: ImageSize } | null = null;
	#trace: Trace | null = null;
	#run = 0;

	constructor(around: Surroundings) {
		this.#around = around;
		this.#backend = new BackendKeeper(around.startBackend, () => {
			// Should this fail, the next request tries again, and tells.
			this.#enqueue(() => this.#replaceLost()).catch(() => undefined);
		});
	}

	/** Serves a request; those that need the backend wait for each other. */
	serve<K extends keyof Requests>(
		kind: K,
		params: Requests[K]['params'],
		context: RequestContext
	): Promise<Requests[K]['result']> {
		const handler: Handlers[K] = this.#handlers[kind];
		// A download must not hold up the photos that come meanwhile, and losing the GPU must not wait for the work that
		// it is meant to interrupt.
		if (kind === 'load' || kind === 'loseGpu') return handler(params, context);
		return this.#enqueue(() => handler(params, context));
	}

	#enqueue<T>(work: () => Promise<T>): Promise<T> {
		const answer = this.#queue.then(work);
		this.#queue = answer.catch(() => undefined);
		return answer;
	}

	readonly #handlers: Handlers = {
		start: ({ force }) => this.#backend.start(force),
		probe: async ({ name, threads, best }) => {
			try {
				return await this.#around.probe(name, threads, best);
			} catch (error) {
				throw new PatchworkError('backend', reasonOf(error), { cause: error });
			}
		},
		use: ({ report }) => this.#use(report),
		load: ({ source }, context) => this.#load(source, context),
		run: (params, context) => this.#runPhoto(params, context),
		read: ({ run, names }) => this.#read(run, names),
		experiment: (params, context) => this.#experiment(params, context),
		memory: async () => ({ numTensors: tf.memory().numTensors, numBytes: tf.memory().numBytes }),
		loseGpu: async () => {
			this.#backend.current.lose();
			return null;
		}
	};

	async #load(source: ModelSource, { signal, gate, onProgress }: RequestContext): Promise<LoadedModel> {
		const files = await this.#around.fetchModel(source, { signal, gate, onProgress, approve });
		return this.#enqueue(() => {
			if (signal.aborted) throw cancelled();
			return this.#takeModel(source, files);
		});
	}

	async #takeModel(source: ModelSource, files: ModelFiles): Promise<LoadedModel> {
		const loaded = await this.#orRecover(() => loadModel(source.id, files), false);
		this.#dropRun();
		this.#seat.take(loaded);
		return loaded.described;
	}

	async #runPhoto(
		{ photo, crop, imageSize }: Requests['run']['params'],
		{ signal }: RequestContext
	): Promise<RunResult> {
		try {
			if (signal.aborted) throw cancelled();
			const { config } = this.#seat.model.own.model;
			const size = imageSize ?? config.imageSize;
			const { preprocess: how } = resized(config, size);
			const { pixelValues, seen, crop: used } = preprocess(this.#around.pixelsOf(photo), how, crop);
			const started = performance.now();
			const { trace, answer, loaded } = await this.#orRecover(() => this.#forward(pixelValues, size, signal));
			const milliseconds = performance.now() - started;
			this.#trace?.dispose();
			this.#trace = trace;
			this.#input = { pixelValues, imageSize: size };
			const { described } = loaded;
			return { run: ++this.#run, model: described, ...answerOf(answer, described), crop: used, seen, milliseconds };
		} finally {
			photo.close();
		}
	}

	#forward(
		pixelValues: Float32Array,
		imageSize: ImageSize,
		signal?: AbortSignal
	): Promise<CheckedRun & { readonly loaded: Loaded }> {
		return this.#seat.model.runAt(imageSize, async (loaded) => {
			return { ...(await runChecked(loaded.model, this.#backend, pixelValues, { signal })), loaded };
		});
	}

	/** Runs the model on the side: the run that is shown, and its trace, stay as they are. */
	async #experiment(
		{ run, photo, edits, names }: Requests['experiment']['params'],
		{ signal }: RequestContext
	): Promise<ExperimentResult> {
		try {
			if (signal.aborted) throw cancelled();
			this.#needCurrent(run);
			const { preprocess: how } = this.#seat.model.current.model.config;
			const input = photo ? preprocess(this.#around.pixelsOf(photo), how, null).pixelValues : this.#input?.pixelValues;
			if (!input) throw new PatchworkError('request', 'No photo has been run yet. Choose one first.');
			return await this.#orRecover(() =>
				runAside(this.#seat.model.current, this.#backend, input, {
					edits,
					names,
					signal,
					untouched: photo ? null : this.#trace
				})
			);
		} finally {
			photo?.close();
		}
	}

	async #read(run: number, names: readonly string[]): Promise<TapData[]> {
		this.#needCurrent(run);
		return this.#orRecover(() => {
			const { model } = this.#seat.model.current;
			const trace = this.#trace;
			if (!trace) throw new BackendFailed('the run is gone');
			return this.#backend.untilLost(Promise.all(names.map((name) => model.read(trace, name))));
		});
	}

	/**
	 * Does the work; if the GPU gets lost or fails meanwhile, moves to the next backend and does it once more.
	 * @param needsModel whether the model must be on the backend; it may not be, where its files could not be had
	 */
	async #orRecover<T>(work: () => Promise<T>, needsModel = true): Promise<T> {
		await this.#replaceLost();
		const { name } = this.#backend.current;
		try {
			if (needsModel) await this.#place();
			return await work();
		} catch (error) {
			if (error instanceof PatchworkError || !isGpu(name)) throw error;
			this.#around.onBackend(await this.#recover(name, reasonOf(error)));
			return this.#orRecover(work, needsModel);
		}
	}

	async #replaceLost(): Promise<void> {
		if (this.#backend.lost === null) return;
		this.#around.onBackend(await this.#recover(this.#backend.current.name, this.#backend.lost));
	}

	/** Moves to the backend that the probe found faster; if it fails after all, to the next one that works. */
	async #use(report: BackendReport): Promise<BackendReport> {
		const { name, threads } = this.#backend.current;
		if (name === report.name && threads === report.threads) return report;
		// Both may be wasm with other numbers of threads, and tfjs knows only one backend of a name.
		this.#clearBackend();
		try {
			await this.#backend.adoptChosen(report);
			await this.#restore();
			return report;
		} catch (error) {
			if (error instanceof PatchworkError) throw error;
			return this.#recover(report.name, reasonOf(error));
		}
	}

	/** Goes on with the best backend that is left, with the model and the last run as they were. */
	async #recover(failed: BackendName, why: string): Promise<BackendReport> {
		this.#clearBackend();
		const report = await this.#backend.startAfter(failed, why);
		try {
			await this.#restore();
			return report;
		} catch (error) {
			if (error instanceof PatchworkError) throw error;
			return this.#recover(report.name, reasonOf(error));
		}
	}

	/** Gives everything back that lives on the backend, and the backend itself. The input stays. */
	#clearBackend(): void {
		this.#trace?.dispose();
		this.#trace = null;
		this.#seat.leave();
		this.#backend.stop();
	}

	/** Makes the current backend as the one before was. Where the model's files are gone, the next request tells. */
	async #restore(): Promise<void> {
		try {
			await this.#place();
		} catch (error) {
			if (!(error instanceof PatchworkError)) throw error;
		}
	}

	/**
	 * Puts the model on the current backend, where it is not, and runs the last input again, so that its taps can be read.
	 * @throws PatchworkError where the model's files cannot be had again
	 */
	async #place(): Promise<void> {
		if ((await this.#seat.place()) && this.#input)
			this.#trace = (await this.#forward(this.#input.pixelValues, this.#input.imageSize)).trace;
	}

	/** Ends the last run: whoever still asks for its taps is told that they belong to an earlier one. */
	#dropRun(): void {
		this.#trace?.dispose();
		this.#trace = null;
		this.#input = null;
		this.#run++;
	}

	/** @throws PatchworkError `request` when a newer run, or another model, has taken the place of run `run` */
	#needCurrent(run: number): void {
		if (run === this.#run) return;
		throw new PatchworkError('request', 'These numbers belong to an earlier run. Run the photo again.');
	}
}
