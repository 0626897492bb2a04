import * as tf from '@tensorflow/tfjs-core';
import { after, fellBack, forced, startedOn } from '../engine/backends/choose';
import type { BackendName, BackendReport, ProbeResult } from '../engine/backends/names';
import type { RunningBackend } from '../engine/backends/start';
import { Model } from '../engine/model';
import { preprocess } from '../engine/preprocess';
import type { PixelSource } from '../engine/resample';
import type { TapData } from '../engine/taps';
import type { Trace } from '../engine/trace';
import { PatchworkError } from '../errors';
import { classNames } from '../models/labels';
import type { FetchModelOptions, ModelFiles } from '../models/load';
import type { ModelSource } from '../models/source';
import { topClasses } from './top_classes';
import type { Crop, LoadedModel, Progress, Requests, RunResult } from './protocol';

/** What the host needs of the world, so that tests can give it another. */
export interface Surroundings {
	readonly startBackend: (name: BackendName, threads?: number) => Promise<RunningBackend>;
	readonly probeAll: () => Promise<ProbeResult[]>;
	readonly fetchModel: (source: ModelSource, options: FetchModelOptions) => Promise<ModelFiles>;
	readonly pixelsOf: (photo: ImageBitmap) => PixelSource;
	/** Told when the backend changes without being asked. */
	readonly onBackend: (report: BackendReport) => void;
}

/** How a request may be cancelled, and how it tells of its progress. */
export interface RequestContext {
	readonly signal: AbortSignal;
	readonly onProgress: (progress: Progress) => void;
}

interface Loaded {
	readonly source: ModelSource;
	readonly model: Model;
	readonly labels: readonly string[] | null;
}

/** Thrown inside the host when the backend can't go on; never leaves it. */
class BackendFailed extends Error {}

/**
 * The engine behind the worker's door: one backend, one model, the trace of the last run. Requests are served one
 * after the other. When a GPU is lost or fails, the next backend takes over: the weights are fetched again (from the
 * browser's own cache), the last input is run again, and the request that stumbled is served as if nothing had been.
 */
export class EngineHost {
	readonly #around: Surroundings;
	#queue: Promise<unknown> = Promise.resolve();
	#backend: RunningBackend | null = null;
	#loaded: Loaded | null = null;
	#input: Float32Array | null = null;
	#trace: Trace | null = null;
	#run = 0;
	/** Ends the wait of the work in progress when the GPU is lost. */
	#interrupt: ((error: BackendFailed) => void) | null = null;

	constructor(around: Surroundings) {
		this.#around = around;
	}

	/** Serves one request when all before it are done. */
	serve<K extends keyof Requests>(
		kind: K,
		params: Requests[K]['params'],
		context: RequestContext
	): Promise<Requests[K]['result']> {
		const handler = this.#handlers[kind] as (p: typeof params, c: RequestContext) => Promise<Requests[K]['result']>;
		// Losing the GPU must not wait for the work that it is meant to interrupt.
		if (kind === 'loseGpu') return handler(params, context);
		return this.#enqueue(() => {
			if (context.signal.aborted) throw cancelled();
			return handler(params, context);
		});
	}

	#enqueue<T>(work: () => Promise<T>): Promise<T> {
		const answer = this.#queue.then(work);
		this.#queue = answer.catch(() => undefined);
		return answer;
	}

	readonly #handlers: {
		[K in keyof Requests]: (params: Requests[K]['params'], context: RequestContext) => Promise<Requests[K]['result']>;
	} = {
		start: ({ force }) => this.#start(force),
		probe: () => this.#around.probeAll(),
		use: ({ report }) => this.#use(report),
		load: ({ source }, context) => this.#load(source, context),
		run: ({ photo, crop }, context) => this.#runPhoto(photo, crop, context),
		read: ({ run, names }) => this.#read(run, names),
		memory: async () => ({ numTensors: tf.memory().numTensors, numBytes: tf.memory().numBytes }),
		loseGpu: async () => {
			this.#backend?.lose();
			return null;
		}
	};

	/** WebAssembly starts in no time and runs everywhere; whether a GPU does better is measured later. */
	async #start(force: BackendName | null): Promise<BackendReport> {
		const wanted = force ?? 'wasm';
		try {
			const { threads } = await this.#adopt(wanted);
			return force ? forced(force, threads) : startedOn(wanted, threads);
		} catch (error) {
			return this.#startNext(wanted, reasonOf(error));
		}
	}

	/** Starts a backend and keeps watch over it: a GPU that is lost while nobody works is replaced at once. */
	async #adopt(name: BackendName, threads?: number): Promise<RunningBackend> {
		const backend = await this.#around.startBackend(name, threads);
		this.#backend = backend;
		void backend.lost.then((why) => {
			this.#interrupt?.(new BackendFailed(why));
			return this.#enqueue(() => this.#replace(backend, why));
		});
		return backend;
	}

	async #replace(lost: RunningBackend, why: string): Promise<void> {
		if (this.#backend === lost) this.#around.onBackend(await this.#recover(lost.name, why));
	}

	/** The first backend after `failed` that starts. */
	async #startNext(failed: BackendName, why: string): Promise<BackendReport> {
		for (const name of after(failed)) {
			try {
				const { threads } = await this.#adopt(name);
				return fellBack(failed, why, name, threads);
			} catch (error) {
				console.warn(`${name} did not start: ${reasonOf(error)}`);
			}
		}
		throw new PatchworkError(
			'backend',
			'Neither a GPU nor WebAssembly nor plain JavaScript can run the model here. Try a current browser.'
		);
	}

	/** Moves to the backend that the probe found faster. On failure the old one stays. */
	async #use(report: BackendReport): Promise<BackendReport> {
		const old = this.#backend;
		if (!old || (old.name === report.name && old.threads === report.threads)) return report;
		// Both may be wasm with other numbers of threads, and tfjs knows only one backend of a name.
		const files = this.#loaded && (await this.#around.fetchModel(this.#loaded.source, {}));
		this.#stop();
		try {
			await this.#adopt(report.name, report.threads);
			await this.#restore(files);
			return report;
		} catch (error) {
			return this.#recover(report.name, reasonOf(error), files);
		}
	}

	async #load(source: ModelSource, { signal, onProgress }: RequestContext): Promise<LoadedModel> {
		const files = await this.#around.fetchModel(source, { signal, onProgress });
		const bytes = files.weights.byteLength;
		const model = await this.#orRecover(async () => Model.load(files));
		this.#dropRun();
		this.#loaded?.model.dispose();
		// A list of another length names other classes; better none than wrong ones.
		const labels = files.labels?.length === model.config.classes ? files.labels : null;
		this.#loaded = { source, model, labels };
		const notice = files.notKept?.message ?? null;
		return { id: source.id, config: model.config, labels, parameters: model.parameters, bytes, notice };
	}

	async #runPhoto(photo: ImageBitmap, crop: Crop | null, { signal }: RequestContext): Promise<RunResult> {
		try {
			const loaded = this.#needModel();
			const {
				pixelValues,
				seen,
				crop: used
			} = preprocess(this.#around.pixelsOf(photo), loaded.model.config.preprocess, crop);
			const started = performance.now();
			const { trace, probabilities } = await this.#orRecover(() => this.#forward(pixelValues, signal));
			this.#trace?.dispose();
			this.#trace = trace;
			this.#input = pixelValues;
			const milliseconds = performance.now() - started;
			const names = classNames(loaded.labels, probabilities.length);
			return { run: ++this.#run, top: topClasses(probabilities, names), crop: used, seen, milliseconds };
		} finally {
			photo.close();
		}
	}

	/** Runs the model; on a backend that can fail, makes sure that it answered and that its answer is numbers. */
	async #forward(
		pixelValues: Float32Array,
		signal?: AbortSignal
	): Promise<{ trace: Trace; probabilities: Float32Array }> {
		const { model } = this.#needModel();
		const pause = async () => {
			await breathe();
			if (signal?.aborted) throw cancelled();
		};
		const trace = await model.run(pixelValues, { pause });
		try {
			const last = await trace.read(model.config.classes > 0 ? 'probabilities' : 'norm');
			if (!last.data.every(Number.isFinite)) throw new Error('it gave numbers that are not finite');
			return { trace, probabilities: model.config.classes > 0 ? last.data : new Float32Array(0) };
		} catch (error) {
			trace.dispose();
			throw error;
		}
	}

	async #read(run: number, names: readonly string[]): Promise<TapData[]> {
		if (run !== this.#run || !this.#trace) {
			throw new PatchworkError('request', 'These numbers belong to an earlier run. Run the photo again.');
		}
		return this.#orRecover(() => {
			const trace = this.#trace;
			if (!trace) throw new BackendFailed('the run is gone');
			return Promise.all(names.map((name) => trace.read(name)));
		});
	}

	/** Does the work; if the GPU gets lost or fails meanwhile, moves to the next backend and does it once more. */
	async #orRecover<T>(work: () => Promise<T>): Promise<T> {
		const backend = this.#backend;
		if (!backend) throw new PatchworkError('backend', 'The engine has not started yet.');
		try {
			return await this.#untilLost(work());
		} catch (error) {
			if (error instanceof PatchworkError || !isGpu(backend.name)) throw error;
			this.#around.onBackend(await this.#recover(backend.name, reasonOf(error)));
			return work();
		}
	}

	/** A read that is pending when the GPU is lost never settles, so the loss itself has to end the wait. */
	#untilLost<T>(work: Promise<T>): Promise<T> {
		const lost = new Promise<never>((_, reject) => {
			this.#interrupt = reject;
		});
		return Promise.race([work, lost]).finally(() => {
			this.#interrupt = null;
		});
	}

	/** Goes on with the next backend, with the model and the last run as they were. */
	async #recover(failed: BackendName, why: string, files?: ModelFiles | null): Promise<BackendReport> {
		const needed = files ?? (this.#loaded && (await this.#around.fetchModel(this.#loaded.source, {})));
		this.#stop();
		const report = await this.#startNext(failed, why);
		await this.#restore(needed);
		return report;
	}

	/** Puts the model back on the current backend and runs the last input again, so that its taps can be read. */
	async #restore(files: ModelFiles | null): Promise<void> {
		if (!this.#loaded || !files) return;
		this.#loaded = { ...this.#loaded, model: Model.load(files) };
		if (this.#input) this.#trace = (await this.#forward(this.#input)).trace;
	}

	/** Gives everything back that lives on the backend, and the backend itself. The input stays. */
	#stop(): void {
		this.#trace?.dispose();
		this.#trace = null;
		this.#loaded?.model.dispose();
		this.#backend?.stop();
		this.#backend = null;
	}

	#dropRun(): void {
		this.#trace?.dispose();
		this.#trace = null;
		this.#input = null;
	}

	#needModel(): Loaded {
		if (!this.#loaded) throw new PatchworkError('request', 'No model is loaded yet. Choose one first.');
		return this.#loaded;
	}
}

function isGpu(name: BackendName): boolean {
	return name === 'webgpu' || name === 'webgl';
}

function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function cancelled(): PatchworkError {
	return new PatchworkError('cancelled', 'Cancelled.');
}

/** Lets the worker look at its messages: a cancellation can come in. Timers would wait 4 ms; a message does not. */
function breathe(): Promise<void> {
	return new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			resolve();
		};
		port2.postMessage(null);
	});
}
