import * as tf from '@tensorflow/tfjs-core';
import { runOwnKernel } from './dispatch';

/**
 * The exact Gaussian error linear unit, `x / 2 * (1 + erf(x / sqrt 2))` (Hendrycks and Gimpel 2016, arXiv 1606.08415,
 * equation 2). Its tanh approximation would move ViT-Tiny's logits by 6e-4, so we don't use it.
 * @param x (n, features)
 */
export function gelu(x: tf.Tensor2D): tf.Tensor2D {
	const own = runOwnKernel<tf.Tensor2D>('gelu', { x }, {});
	if (own) return own;
	return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
}
