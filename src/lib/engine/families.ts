import type * as tf from '@tensorflow/tfjs-core';
import type { Changes } from './changes';
import type { Plan } from './checkpoint/plan';
import type { StoredTensor } from './checkpoint/safetensors';
import { canonical } from './checkpoint/table';
import { makeTensors } from './checkpoint/tensors';
import type { CommonConfig, ModelConfig } from './config';
import { swinNetwork } from './swin/family';
import type { Trace } from './trace';
import { vitNetwork } from './vit-family';
import type { Parameter } from './weights';

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

/** Carries out a plan: puts the weights on the current backend. @throws PatchworkError `checkpoint`; no tensor is left */
export function carryOut(plan: Plan, stored: ReadonlyMap<string, StoredTensor>): Network {
	return makeTensors(canonical(stored), (tensors) =>
		plan.family === 'vit' ? vitNetwork(plan, tensors) : swinNetwork(plan, tensors)
	);
}
