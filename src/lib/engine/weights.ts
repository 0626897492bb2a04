import type * as tf from '@tensorflow/tfjs-core';
import type { ModelConfig } from './config';
import type { HalfMatrix } from './ops/half-matrix';
import { swinWeightSpecs } from './swin/weights';
import type { TapSpec } from './taps';
import { vitWeightSpecs } from './vit-weights';

/** A parameter on the backend. However its numbers are kept there, `data()` gives them as float32. */
export type Parameter = tf.Tensor | HalfMatrix;

/**
 * Every parameter of the model, named (`weights.…`) and shaped like a tap so that figures read both alike. A linear map
 * is stored (in, out): `y = x W + b`.
 */
export function weightSpecs(config: ModelConfig): TapSpec[] {
	return config.family === 'vit' ? vitWeightSpecs(config) : swinWeightSpecs(config);
}
