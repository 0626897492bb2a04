import * as tf from '@tensorflow/tfjs-core';
import type { Candidate } from '../engine/backends/choose';
import type { BackendReport } from '../engine/backends/names';
import { planCheckpoint } from '../engine/checkpoint/plan';
import { runsRead } from '../engine/edits/prepare';
import type { ModelConfig } from '../engine/families';
import { MODEL_GONE } from '../engine/model';
import { preprocess } from '../engine/preprocess';
import { resized } from '../engine/resolution';
import type { TapData } from '../engine/tap';
import type { Trace } from '../engine/trace';
import { cancelled, PatchworkError } from '../base/errors';
import { withHead } from '../models/new-head';
import type { FetchModelOptions, ModelFiles } from '../models/model-files';
import type { ModelSource } from '../models/source';
import { Ahead } from './ahead';
import { answerOf, answerTap } from './answer';
import { BackendKeeper, isOfBackend, reasonOf } from './backend-keeper';
import { blocksToMake, gradientsChecked, pausedBetween, runChecked, type CheckedRun } from './forward';
import { FirstRun } from './first-run';
import { headsChecked } from './heads';
import { loadModel, type Loaded } from './loaded';
import { ModelSeat } from './model-seat';
import type { GradientParams, PhotoInput, ReadParams, Requests, RunAnswer, RunInput } from './protocol';
import { Runs, type Recipe, type Run } from './runs';
import type { LoadedModel } from '../models/loaded-model';
import type { FirstPhoto } from '../photo/first';
import type { Handlers, RequestContext, Surroundings } from './surroundings';

/** Whatever cannot run is refused before its weights are fetched. @throws PatchworkError `config` or `checkpoint` */
const approve: FetchModelOptions['approve'] = ({ config, preprocessor }, table) => {
	planCheckpoint(config, preprocessor, table);
};

/** Milliseconds without a question after which nobody is waiting. */
const REST = 1000;

/**
 * The engine behind the worker's door: one backend, one model, and the runs that are remembered. What needs the backend
 * is served one after the other. When a GPU is lost or fails, the next backend takes over, with the model and its runs,
 * and the request that stumbled is served as if nothing had been.
 */
export class EngineHost {
	readonly #around: Surroundings;
	readonly #backend: BackendKeeper;
	#queue: Promise<unknown> = Promise.resolve();
	/** Whether a page has asked for a model. */
	#asked = false;
	#ahead: Ahead | null = null;
	readonly #first = new FirstRun((run) => this.#runs.forget(run));
	#resting: ReturnType<typeof setTimeout> | undefined;
	readonly #seat = new ModelSeat();
	readonly #runs: Runs;

	/** @param runs with another budget, for tests */
	constructor(around: Surroundings, runs = new Runs()) {
		this.#around = around;
		this.#runs = runs;
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
		this.#queue = answer.catch(() => undefined).then(() => this.#rest());
		return answer;
	}

	/** What can wait is done once nothing was asked for a while: what a page draws first is asked for piece by piece. */
	#rest(): void {
		clearTimeout(this.#resting);
		this.#resting = setTimeout(() => this.#seat.settle(), REST);
	}

	readonly #handlers: Handlers = {
		start: ({ force, threads, last = 0 }) => {
			this.#runs.countFrom(last);
			return this.#backend.start(force, threads);
		},
		probe: async ({ name, threads, best }) => {
			try {
				return await this.#around.probe(name, threads, best);
			} catch (error) {
				throw new PatchworkError('backend', reasonOf(error), { cause: error });
			}
		},
		use: ({ report }) => this.#use(report),
		load: ({ source }, context) => this.#load(source, context),
		run: async (params, context) => {
			const made = context.signal.aborted ? null : this.#first.take(params);
			return made ?? this.#run(params, context);
		},
		read: (asked, context) => this.#orRecover(() => this.#read(asked, context)),
		gradients: ({ run, ...asked }, context) => this.#orRecover(() => this.#gradients(run, asked, context)),
		trainHeads: (task, context) => this.#orRecover(() => headsChecked(task, this.#backend, context), false),
		withHead: async ({ run, head }) => {
			this.#needLoaded(this.#runs.get(run));
			return withHead(this.#seat.model.own.files, head);
		},
		restore: async ({ runs }) => {
			for (const run of runs) this.#runs.restore({ ...run, modelNumber: this.#seat.number });
			return null;
		},
		forget: async ({ runs }) => {
			for (const run of runs) this.#runs.forget(run);
			return null;
		},
		memory: async () => ({ numTensors: tf.memory().numTensors, numBytes: tf.memory().numBytes }),
		loseGpu: async () => {
			this.#backend.current.lose();
			return null;
		}
	};

	/**
	 * Begins to load the model with which visits begin, and to run it on the first sample, for a page that is still on its way
	 * to asking. A page that asks for another, or first, finds it given up.
	 */
	async ahead(): Promise<void> {
		// What is missing is told when the page asks for it.
		const [model, photo] = [this.#around.firstModel(), this.#around.firstPhoto()];
		const first = await model?.catch(() => null);
		let foresee: FetchModelOptions['foresee'];
		const planned = new Promise<ModelConfig>((resolve) => {
			foresee = ({ config, preprocessor }, table) => resolve(planCheckpoint(config, preprocessor, table).config);
		});
		if (this.#asked || !first) first?.giveUp();
		else {
			this.#ahead = new Ahead(first.source, (source, context) => {
				context.signal.addEventListener('abort', first.giveUp, { once: true });
				return this.#fetch(source, context, { index: first.index, fetch: first.fetch, foresee });
			});
		}
		if (photo) await this.#runAhead(this.#ahead, photo, planned);
	}

	/** @param planned what the model will be, which is known before the model is here, or not at all */
	async #runAhead(
		ahead: Ahead | null,
		coming: Promise<FirstPhoto | null>,
		planned: Promise<ModelConfig>
	): Promise<void> {
		const photo = await coming.catch(() => null);
		const loading = ahead?.loaded.catch(() => null);
		const config = await Promise.race([planned, loading?.then((loaded) => loaded?.config)]);
		const input = photo && config ? await this.#seenAhead(photo.bitmap, config) : null;
		photo?.bitmap.close();
		const loaded = await loading;
		if (!ahead || !photo || !input || !loaded) return;
		await this.#enqueue(async () => {
			const recipe = { input, edits: [], names: null, of: null, modelNumber: this.#seat.number };
			if (this.#first.over || this.#seat.model.own.described !== loaded) return;
			const answer = await this.#answer(recipe, ahead.signal, null).catch(() => null);
			if (answer) this.#first.keep(photo.sample, answer);
		});
	}

	/** The photo as the model will see it; null for one that it does not take, which is told when the page asks. */
	async #seenAhead(photo: ImageBitmap, { preprocess: how, imageSize }: ModelConfig): Promise<RunInput | null> {
		try {
			return { ...preprocess(await this.#around.pixelsOf(photo), how, null), imageSize };
		} catch {
			return null;
		}
	}

	#load(source: ModelSource, context: RequestContext): Promise<LoadedModel> {
		const ahead = this.#ahead;
		[this.#asked, this.#ahead] = [true, null];
		if (ahead?.isOf(source)) return ahead.takeOver(context);
		ahead?.giveUp();
		return this.#fetch(source, context);
	}

	async #fetch(
		source: ModelSource,
		{ signal, gate, onProgress }: RequestContext,
		begun: Pick<FetchModelOptions, 'index' | 'fetch' | 'foresee'> = {}
	): Promise<LoadedModel> {
		const options = { signal, gate, onProgress, approve, checksLater: true, ...begun };
		const files = await this.#around.fetchModel(source, options);
		return this.#enqueue(() => {
			if (signal.aborted) throw cancelled();
			return this.#takeModel(source, files);
		});
	}

	async #takeModel(source: ModelSource, files: ModelFiles): Promise<LoadedModel> {
		const loading = this.#orRecover(() => loadModel(source.id, files), false);
		const [loaded, checked] = await Promise.allSettled([loading, files.checked]);
		if (checked.status === 'rejected') {
			if (loaded.status === 'fulfilled') loaded.value.model.dispose();
			// What came damaged may be no checkpoint either, and the damage is what is told.
			throw checked.reason;
		}
		if (loaded.status === 'rejected') throw loaded.reason;
		this.#first.drop();
		this.#seat.take(loaded.value);
		return loaded.value.described;
	}

	async #run(params: Requests['run']['params'], { signal }: RequestContext): Promise<RunAnswer> {
		try {
			if (signal.aborted) throw cancelled();
			const beside = 'of' in params ? params.of : (params.like ?? null);
			const answer = await this.#answer(await this.#recipe(params), signal, beside);
			return 'photo' in params ? answer : { ...answer, pixelValues: null };
		} finally {
			if ('photo' in params) params.photo.close();
		}
	}

	/** @param beside a run that whoever asks goes on with */
	async #answer(recipe: Recipe, signal: AbortSignal, beside: number | null): Promise<RunAnswer> {
		const started = performance.now();
		const { trace, answer, loaded } = await this.#orRecover(() => this.#forward(recipe, signal));
		const milliseconds = performance.now() - started;
		const { id, model, edits, input } = this.#runs.add({ ...recipe, model: loaded.described }, trace, beside);
		// The pixels travel without being copied, and the run keeps its own.
		const seen = { ...input.seen, data: input.seen.data.slice() };
		const pixelValues = input.pixelValues.slice();
		return { run: id, model, edits, ...answerOf(answer, model), crop: input.crop, seen, pixelValues, milliseconds };
	}

	/** @throws PatchworkError `request` where a run that it speaks of is gone, or is of a model that is */
	async #recipe(params: Requests['run']['params']): Promise<Recipe> {
		const { edits = [], names = null } = params;
		const common = { edits, names, modelNumber: this.#seat.number };
		for (const run of this.#runsRead(edits).values()) this.#needLoaded(run);
		if ('photo' in params) return { ...common, input: await this.#inputOf(params), of: null };
		const { id, input, of, edits: before } = this.#needLoaded(this.#runs.get(params.of));
		// What lies before the first edit is shared with a run that has none.
		return { ...common, input, of: before.length > 0 ? of : id };
	}

	/** A photo as the model in use sees it. @throws PatchworkError `request` as {@link #recipe} does */
	async #inputOf({ photo, crop, imageSize, like = null }: PhotoInput): Promise<RunInput> {
		const { config } = this.#seat.model.own.model;
		const alike = like === null ? null : this.#needLoaded(this.#runs.get(like));
		const size = imageSize ?? alike?.input.imageSize ?? config.imageSize;
		const seen = preprocess(await this.#around.pixelsOf(photo), resized(config, size).preprocess, crop);
		return { ...seen, imageSize: size };
	}

	/** The runs that edits take numbers from, by the names that they give them. */
	#runsRead(edits: Recipe['edits']): ReadonlyMap<string, Run> {
		// A name that is no number is none of the engine's, and refused where the edits are planned.
		const ids = runsRead(edits).filter((name) => /^\d+$/.test(name));
		return new Map(ids.map((name) => [name, this.#runs.get(Number(name))]));
	}

	async #forward(
		{ input, edits, names, of }: Recipe,
		signal?: AbortSignal
	): Promise<CheckedRun & { readonly loaded: Loaded }> {
		const runs = new Map<string, Trace>();
		for (const [name, run] of this.#runsRead(edits)) runs.set(name, await this.#traceOf(run));
		const before = this.#runs.find(of);
		const untouched = before?.names === null ? before.trace : null;
		return this.#seat.model.runAt(input.imageSize, async (loaded) => {
			const asked = names && new Set([...names, answerTap(loaded.model.config)]);
			const kept = asked ? { taps: (name: string) => asked.has(name) } : { memory: this.#runs.budget.one };
			const options = { edits, runs, signal, ...kept, ...(untouched && { untouched }) };
			this.#runs.makeRoom();
			return { ...(await runChecked(loaded.model, this.#backend, input.pixelValues, options)), loaded };
		});
	}

	/** What a run kept; it is made again where that went with its backend. */
	async #traceOf(run: Run): Promise<Trace> {
		if (run.trace) return run.trace;
		const { trace } = await this.#forward(this.#needLoaded(run));
		this.#runs.renew(run, trace);
		return trace;
	}

	async #read({ run: id, names, part = null }: ReadParams, context: RequestContext): Promise<TapData[]> {
		const run = this.#runs.get(id);
		const trace = await this.#traceOf(run);
		const isThere = (name: string) => !name.startsWith('parameters.') && (trace.has(name) || !trace.specOf(name));
		if (names.every(isThere)) return this.#backend.untilLost(trace.readAll(names, undefined, part));
		const { input } = this.#needLoaded(run);
		this.#runs.makeRoom(id);
		const pause = pausedBetween(this.#backend, blocksToMake(trace, names), context);
		return this.#seat.model.lookAt(input.imageSize, ({ model }) =>
			this.#backend.untilLost(model.readAll(trace, names, pause, part))
		);
	}

	async #gradients(id: number, asked: GradientParams, { signal, onProgress }: RequestContext): Promise<TapData[]> {
		if (signal.aborted) throw cancelled();
		const run = this.#needLoaded(this.#runs.get(id));
		const trace = await this.#traceOf(run);
		return this.#seat.model.lookAt(run.input.imageSize, ({ model }) =>
			gradientsChecked(model, this.#backend, trace, { ...asked, signal, onProgress })
		);
	}

	/** @throws PatchworkError `request` where the run's model has gone, with all that only the model can tell */
	#needLoaded(run: Run): Run {
		if (run.modelNumber === this.#seat.number) return run;
		throw new PatchworkError('request', MODEL_GONE);
	}

	/**
	 * Does the work; if the GPU gets lost or fails meanwhile, moves to the next backend and does it once more.
	 * @param needsModel whether the model must be on the backend; it may not be, where its files could not be had
	 */
	async #orRecover<T>(work: () => Promise<T>, needsModel = true): Promise<T> {
		await this.#replaceLost();
		const { name, threads } = this.#backend.current;
		try {
			if (needsModel) await this.#place();
			return await work();
		} catch (error) {
			if (!isOfBackend(error, { name, threads })) throw error;
			this.#around.onBackend(await this.#recover({ name, threads }, reasonOf(error)));
			return this.#orRecover(work, needsModel);
		}
	}

	async #replaceLost(): Promise<void> {
		if (this.#backend.lost === null) return;
		this.#around.onBackend(await this.#recover(this.#backend.current, this.#backend.lost));
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
			return this.#recover(report, reasonOf(error));
		}
	}

	/** Goes on with the best backend that is left, with the model and the last run as they were. */
	async #recover({ name, threads }: Candidate, why: string): Promise<BackendReport> {
		this.#clearBackend();
		const report = await this.#backend.startAfter({ name, threads }, why);
		try {
			await this.#restore();
			return report;
		} catch (error) {
			if (error instanceof PatchworkError) throw error;
			return this.#recover(report, reasonOf(error));
		}
	}

	/** Gives everything back that lives on the backend, and the backend itself. What runs are made from stays. */
	#clearBackend(): void {
		this.#runs.leave(this.#seat.number);
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
	 * Puts the model on the current backend, where it is not, and makes the run again that was asked for last, so that it
	 * can be read; the others are made when they are.
	 * @throws PatchworkError where the model's files cannot be had again
	 */
	async #place(): Promise<void> {
		if (!(await this.#seat.place())) return;
		const { latest } = this.#runs;
		try {
			if (latest) await this.#traceOf(latest);
		} catch (error) {
			// Whoever reads it is told; the request that is being served may be about another.
			if (!(error instanceof PatchworkError)) throw error;
		}
	}
}
