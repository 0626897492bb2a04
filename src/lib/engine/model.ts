import * as tf from '@tensorflow/tfjs-core';
import { PatchworkError } from '../errors';
import { reorderPatches, type Changes } from './changes';
import type { ByteSource } from './checkpoint/bytes';
import { planCheckpoint } from './checkpoint/plan';
import { readWeights } from './checkpoint/safetensors';
import { inputShape, type ModelConfig } from './config';
import { carryOut, type Network } from './families';
import type { TapData } from './taps';
import { Trace } from './trace';
import { weightSpecs, type Parameter } from './weights';

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
	/** Which taps to keep; all by default. */
	readonly taps?: (name: string) => boolean;
	/** Awaited after each block; throw to cancel. */
	readonly pause?: (blocksDone: number) => Promise<void> | void;
	/** What this run does otherwise than the model; nothing by default. */
	readonly changes?: Changes;
}

/** A model that is ready to run. Owns its weights until it is disposed. */
export class Model {
	readonly #network: Network;

	private constructor(network: Network) {
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

	/** The model's parameters by the names that {@link weightSpecs} gives them. They stay the model's. */
	get weights(): ReadonlyMap<string, Parameter> {
		return this.#network.weights;
	}

	/**
	 * Runs the model on one image.
	 * @param pixelValues (1, channels, height, width), normalised, row-major
	 * @returns the run's intermediates; the caller's to dispose
	 * @throws PatchworkError `request` when the input has another size than the model takes, or the changes make no sense
	 */
	async run(pixelValues: Float32Array, { taps, pause, changes = {} }: RunOptions = {}): Promise<Trace> {
		const shape = inputShape(this.config);
		if (pixelValues.length !== tf.util.sizeFromShape(shape)) {
			throw new PatchworkError(
				'request',
				`The model takes an input of ${shape.join(' x ')} numbers, and got ${pixelValues.length}.`
			);
		}
		const { order, positions } = changes;
		const input = order ? reorderPatches(pixelValues, this.config, order) : pixelValues;
		const trace = new Trace(this.config, taps);
		const pixels = tf.tensor4d(input, shape);
		try {
			await this.#network.forward(pixels, trace, { pause, positions });
			return trace;
		} catch (error) {
			trace.dispose();
			throw error;
		} finally {
			trace.release(pixels);
		}
	}

	/**
	 * The values of a tap of this model's run, or of a parameter (`weights.…`, see `weights.ts`): a copy, the caller's.
	 * @throws PatchworkError `request` when there is none of that name
	 */
	async read(trace: Trace, name: string): Promise<TapData> {
		const tensor = this.weights.get(name);
		const spec = weightSpecs(this.config).find((candidate) => candidate.name === name);
		if (!tensor || !spec) return trace.read(name);
		return { ...spec, data: ((await tensor.data()) as Float32Array).slice() };
	}

	/**
	 * The same model for another size of input, by the same weights: positions are interpolated as the reference does.
	 * Dispose of it by itself, and before the one that it is of.
	 * @param imageSize height and width, in pixels: whole numbers of patches, see `resolution.ts`
	 * @throws PatchworkError `request` for another size
	 */
	at(imageSize: ModelConfig['imageSize']): Model {
		return new Model(this.#network.at(imageSize));
	}

	dispose(): void {
		this.#network.dispose();
	}
}
