import * as tf from '@tensorflow/tfjs-core';
import { runOwnKernel } from './dispatch';

/** A linear layer's parameters: `weight` (inputs, outputs), `bias` (outputs) or null. */
export interface Linear {
	readonly weight: tf.Tensor2D;
	readonly bias: tf.Tensor1D | null;
}

/**
 * `x @ weight + bias`.
 * @param x (n, inputs)
 * @returns (n, outputs)
 */
export function linear(x: tf.Tensor2D, { weight, bias }: Linear): tf.Tensor2D {
	const own = bias && runOwnKernel<tf.Tensor2D>('linear', { x, weight, bias }, {});
	if (own) return own;
	const product = tf.matMul<tf.Tensor2D>(x, weight);
	return bias ? tf.add<tf.Tensor2D>(product, bias) : product;
}
