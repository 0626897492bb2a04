import * as tf from '@tensorflow/tfjs-core';
import type { CommonConfig } from '../config';
import { runOwnKernel } from './dispatch';

/**
 * The Gaussian error linear unit, `x / 2 * (1 + erf(x / sqrt 2))` (Hendrycks and Gimpel 2016, arXiv 1606.08415, equation
 * 2), exactly, or by the approximation with tanh that some models were trained with: it would move ViT-Tiny's logits by
 * 6e-4, so each gets its own.
 * @param x (n, features)
 */
export function gelu(x: tf.Tensor2D, kind: CommonConfig['gelu'] = 'erf'): tf.Tensor2D {
	if (kind === 'tanh') return approximate(x);
	const own = runOwnKernel<tf.Tensor2D>('gelu', { x }, {});
	if (own) return own;
	return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
}

/** `x / 2 * (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))`, as the same paper's section 2 has it. */
function approximate(x: tf.Tensor2D): tf.Tensor2D {
	const cube = tf.mul(tf.mul(x, x), x);
	const inner = tf.mul(tf.add(x, tf.mul(cube, 0.044715)), Math.sqrt(2 / Math.PI));
	return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
}
