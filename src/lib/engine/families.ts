import type * as tf from '@tensorflow/tfjs-core';
import { PatchworkError } from '../errors';
import type { Changes } from './changes';
import type { ShapeOf } from './checkpoint/fields';
import type { StoredTensor } from './checkpoint/safetensors';
import type { CommonConfig, ModelConfig } from './config';
import { swinFamily } from './swin/family';
import type { Trace } from './trace';
import type { Parameter } from './weights';
import { vitFamily } from './vit-family';

/** How a pass is run. */
export interface ForwardOptions extends Pick<Changes, 'positions'> {
	/** Awaited after each block: the place to breathe, to tell of progress, or to throw and so to cancel. */
	readonly pause?: ((blocksDone: number) => Promise<void> | void) | undefined;
}

/** A model on the current backend: its parameters, and how it runs. It owns its tensors. */
export interface Network {
	readonly config: ModelConfig;
	/** Number of parameters, as the checkpoint counts them. */
	readonly parameters: number;
	/** All parameters, under the names that {@link weightSpecs} lists for its config. */
	readonly weights: ReadonlyMap<string, Parameter>;
	/** Runs the whole model and fills the trace. @param pixels (1, channels, height, width); stays the caller's */
	forward(pixels: tf.Tensor4D, trace: Trace, options: ForwardOptions): Promise<void>;
	/**
	 * The same model for another size of input, by the same tensors. It owns only what it had to make anew, and can't be
	 * used after the one that it is of was disposed.
	 * @param imageSize in pixels; patches fill it
	 */
	at(imageSize: CommonConfig['imageSize']): Network;
	dispose(): void;
}

/** A checkpoint whose configuration was read, and whose tensors were not. */
export interface Checkpoint {
	readonly config: ModelConfig;
	/** Puts the weights on the current backend. @throws PatchworkError `checkpoint`; no tensor is left behind */
	load(stored: ReadonlyMap<string, StoredTensor>): Network;
}

/**
 * A family of architectures: how its checkpoints are read, and how they run. What its intermediates and parameters are
 * called is said in `taps.ts` and `weights.ts`, which pages read that load no backend.
 */
export interface Family {
	/**
	 * Reads a checkpoint's configuration.
	 * @param config parsed `config.json`, an object
	 * @param preprocessor parsed `preprocessor_config.json`, or null
	 * @returns null when the weights have not the names of this family
	 * @throws PatchworkError `config` or `checkpoint` when they have, and something is wrong
	 */
	read(config: Record<string, unknown>, preprocessor: unknown, shapeOf: ShapeOf): Checkpoint | null;
}

const FAMILIES: readonly Family[] = [vitFamily, swinFamily];

/** Reads a checkpoint's configuration by the family that knows its weights. @throws PatchworkError `config` or `checkpoint` */
export function readCheckpoint(config: Record<string, unknown>, preprocessor: unknown, shapeOf: ShapeOf): Checkpoint {
	for (const family of FAMILIES) {
		const checkpoint = family.read(config, preprocessor, shapeOf);
		if (checkpoint) return checkpoint;
	}
	throw new PatchworkError(
		'checkpoint',
		'The weights are not those of a Vision Transformer in timm or Hugging Face naming. Choose another model.'
	);
}
