import * as tf from '@tensorflow/tfjs-core';
import { PatchworkError } from '../base/errors';
import { passAgain } from './again';
import { gradientsOf, type GradientRequest } from './backward';
import type { ByteSource } from './checkpoint/bytes';
import { planCheckpoint } from './checkpoint/plan';
import { readWeights } from './checkpoint/safetensors';
import { inputShape } from './config';
import { anatomyOf, tapSpecs, parameterSpecs, type ModelConfig } from './families';
import type { Edit } from './edits/edit';
import { editedParameters, type Replaced } from './edits/parameters';
import type { EditPlan } from './edits/plan';
import { checkTops, checkRuns, preparePlan, tapsRanked } from './edits/prepare';
import { startOf } from './edits/start';
import type { Gradients } from './gradients';
import { keepAsked } from './keep';
import { keepWithin, type Bounds } from './lean';
import type { Network } from './network';
import type { Part } from './part';
import { carryOut } from './networks';
import { checkRelevance, RELEVANCE } from './relevance';
import { resized } from './resolution';
import { runSteps } from './run';
import { eachItsOwn, type TapData } from './tap';
import { Trace, type Edited } from './trace';
import type { Parameter } from './parameter';

/** The files of a checkpoint, as they were downloaded. */
export interface CheckpointFiles {
	/** Parsed `config.json`. */
	readonly config: unknown;
	/** Parsed `preprocessor_config.json`, or null if there is none. */
	readonly preprocessor: unknown;
	/** The bytes of `model.safetensors`. */
	readonly weights: ArrayBuffer;
}

/** The same, where the weights are read from their files tensor by tensor; a large checkpoint has several. */
export interface CheckpointSources extends Omit<CheckpointFiles, 'weights'> {
	readonly weights: ArrayBuffer | readonly ByteSource[];
}

export interface RunOptions {
	/** Which taps to keep; all by default. The others are gone with the run. */
	readonly taps?: (name: string) => boolean;
	/**
	 * How many bytes what it keeps may take, where `taps` does not say what: what goes beyond is computed again, block by
	 * block, when it is read. No bound by default.
	 */
	readonly memory?: Bounds;
	/** Awaited after each block; throw to cancel. */
	readonly pause?: (blocksDone: number) => Promise<void> | void;
	/** What this run does otherwise than the model; nothing by default. See `edits/edit.ts`. */
	readonly edits?: readonly Edit[];
	/** Other runs that edits read, by the names that they give them; they stay the caller's. */
	readonly runs?: ReadonlyMap<string, Trace>;
	/**
	 * The untouched run of the same input. With it, the run begins at the first step that an edit changes and shares what
	 * lies before, and `top` is looked up there; without, all is computed. It stays the caller's.
	 */
	readonly untouched?: Trace;
}

/** What a run begins with beside its input. */
interface Begun {
	/** What it may share with the untouched run. */
	readonly from?: { readonly plan: EditPlan; readonly untouched: Trace } | undefined;
}

/** A model that is ready to run. Owns its weights until it is disposed. */
export class Model {
	readonly #network: Network<ModelConfig>;
	#isGone = false;

	private constructor(network: Network<ModelConfig>) {
		this.#network = network;
	}

	/**
	 * Reads a checkpoint and puts its weights on the current backend.
	 * @throws PatchworkError `config` or `checkpoint` in one sentence; nothing is left behind
	 */
	static load(files: CheckpointSources): Model {
		const stored = readWeights(files.weights);
		return new Model(carryOut(planCheckpoint(files.config, files.preprocessor, stored), stored));
	}

	get config(): ModelConfig {
		return this.#network.config;
	}

	/** Number of parameters. */
	get parameters(): number {
		return this.#network.parameters;
	}

	/** The model's parameters by the names that {@link parameterSpecs} gives them. They stay the model's. */
	get weights(): ReadonlyMap<string, Parameter> {
		return this.#network.weights;
	}

	/**
	 * Runs the model on one image.
	 * @param pixelValues (1, channels, height, width), normalised, row-major
	 * @returns the run's intermediates; the caller's to dispose
	 * @throws PatchworkError `request` when the input has another size than the model takes, or for an edit that does not
	 * fit the model, before anything of it runs; only a `top` needs the untouched run first
	 */
	async run(pixelValues: Float32Array, options: RunOptions = {}): Promise<Trace> {
		const shape = inputShape(this.config);
		if (pixelValues.length !== tf.util.sizeFromShape(shape)) {
			throw new PatchworkError(
				'request',
				`The model takes an input of ${shape.join(' x ')} numbers, and got ${pixelValues.length}.`
			);
		}
		const plan = await this.#plan(pixelValues, options);
		if (!plan) return this.#carryOut(pixelValues, this.#trace(options), options);
		const { runs = new Map(), untouched, pause } = options;
		const trace = this.#trace(options, { plan, runs, replaced: await editedParameters(plan, this.weights) });
		return this.#carryOut(pixelValues, trace, { pause, from: untouched && { plan, untouched } });
	}

	#trace({ taps, memory }: Pick<RunOptions, 'taps' | 'memory'>, edited: Edited | null = null): Trace {
		const specs = tapSpecs(this.config);
		const policy = taps || memory === undefined ? keepAsked(taps) : keepWithin(memory, specs);
		return new Trace(specs, policy, edited);
	}

	/** What the edits come to; null where there are none. Where `top` is meant, the untouched run is made if need be. */
	async #plan(pixelValues: Float32Array, options: RunOptions): Promise<EditPlan | null> {
		const { edits = [], runs = new Map(), untouched, pause } = options;
		if (edits.length === 0) return null;
		for (const trace of [...runs.values(), ...(untouched ? [untouched] : [])]) this.#standBy(trace);
		const anatomy = anatomyOf(this.config);
		checkTops(edits, anatomy);
		const ranked = tapsRanked(edits);
		const own =
			ranked.size > 0 && !untouched
				? await this.#carryOut(pixelValues, this.#trace({ taps: (name) => ranked.has(name) }), { pause })
				: null;
		try {
			const plan = await preparePlan(edits, anatomy, untouched ?? own);
			checkRuns(plan, runs);
			return plan;
		} finally {
			own?.dispose();
		}
	}

	/** @param trace what the run fills; gone where it fails */
	async #carryOut(
		pixelValues: Float32Array,
		trace: Trace,
		{ pause, from }: Pick<RunOptions, 'pause'> & Begun
	): Promise<Trace> {
		const pixels = tf.tensor4d(pixelValues, inputShape(this.config));
		try {
			const steps = this.#network.steps(trace.replaced);
			const start = from ? startOf(from.plan, steps, from.untouched, trace) : null;
			await runSteps(steps, pixels, trace, { pause, start });
			this.#standBy(trace);
			return trace;
		} catch (error) {
			trace.dispose();
			throw error;
		} finally {
			trace.release(pixels);
		}
	}

	/** Computes again what a run of this model lets go of, where it has this model's size of input. */
	#standBy(trace: Trace): void {
		if (trace.listed('pixel_values')?.shape.join() !== inputShape(this.config).join()) return;
		trace.remakeBy((tap, wanted) => {
			if (this.#isGone) throw new PatchworkError('request', MODEL_GONE);
			passAgain(this.#network.steps(trace.replaced), trace, tap, wanted);
		});
	}

	/**
	 * Goes back through a run of this model: the gradients of one logit with respect to taps, see {@link gradientsOf}, and
	 * relevance where a model has patterns of one sequence.
	 * @param trace of which all taps can be read; stays the caller's
	 * @returns the caller's to dispose
	 * @throws PatchworkError `request`, in one sentence, before or while it goes back; nothing is left behind
	 */
	async gradients(trace: Trace, request: GradientRequest): Promise<Gradients> {
		if (request.names.includes(RELEVANCE)) checkRelevance(this.config);
		this.#standBy(trace);
		// One that computes again still has the parameters that its edits changed.
		const made: Replaced = trace.plan && !trace.remakes ? await editedParameters(trace.plan, this.weights) : new Map();
		const replaced = trace.remakes ? trace.replaced : made;
		try {
			return await gradientsOf(this.#network.steps(replaced), trace, this.config.classes, request);
		} finally {
			tf.dispose([...made.values()]);
		}
	}

	/**
	 * The values of a tap of this model's run, or of a parameter (`parameters.…`): a copy, the caller's.
	 * @throws PatchworkError `request` when there is none of that name
	 */
	async read(trace: Trace, name: string): Promise<TapData> {
		const [tap] = await this.readAll(trace, [name]);
		if (!tap) throw new Error(`Nothing was read of '${name}'.`);
		return tap;
	}

	/**
	 * The same of several, in the order of `names`. @param pause as in {@link Trace.readAll} @param part likewise
	 * @throws as {@link read} does
	 */
	async readAll(
		trace: Trace,
		names: readonly string[],
		pause?: () => Promise<void>,
		part: Part | null = null
	): Promise<TapData[]> {
		this.#standBy(trace);
		const parameters = new Map<string, TapData>();
		for (const name of names) {
			const parameter = await this.#parameter(name);
			if (parameter) parameters.set(name, parameter);
		}
		const taps = names.filter((name) => !parameters.has(name));
		const found = new Map((await trace.readAll(taps, pause, part)).map((tap) => [tap.name, tap]));
		return eachItsOwn(names.flatMap((name) => parameters.get(name) ?? found.get(name) ?? []));
	}

	async #parameter(name: string): Promise<TapData | null> {
		const tensor = this.weights.get(name);
		const spec = parameterSpecs(this.config).find((candidate) => candidate.name === name);
		return tensor && spec ? { ...spec, data: ((await tensor.data()) as Float32Array).slice() } : null;
	}

	/**
	 * The same model for another size of input, by the same weights: positions are interpolated as the reference does.
	 * Dispose of it by itself, and before the one that it is of.
	 * @param imageSize height and width, in pixels: whole numbers of patches, see `resolution.ts`
	 * @throws PatchworkError `request` for another size
	 */
	at(imageSize: ModelConfig['imageSize']): Model {
		return new Model(this.#network.at(resized(this.config, imageSize)));
	}

	dispose(): void {
		this.#isGone = true;
		this.#network.dispose();
	}
}

/** Said of what only the model could tell. */
export const MODEL_GONE = 'The model of that run has made room for another. Load it again and run the photo.';
