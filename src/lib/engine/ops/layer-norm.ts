import * as tf from '@tensorflow/tfjs-core';
import { runOwnKernel } from './dispatch';

/** Layer norm's learned scale and offset, both (features). */
export interface LayerNorm {
	readonly scale: tf.Tensor1D;
	readonly offset: tf.Tensor1D;
}

/**
 * Layer normalisation of each row: `(x - mean) / sqrt(variance + eps) * scale + offset`, with the mean and the
 * (biased) variance taken over the row's features (Ba, Kiros and Hinton 2016, arXiv 1607.06450, equation 3).
 * @param x (n, features)
 * @returns (n, features)
 */
export function layerNorm(x: tf.Tensor2D, { scale, offset }: LayerNorm, eps: number): tf.Tensor2D {
	const own = runOwnKernel<tf.Tensor2D>('layerNorm', { x, scale, offset }, { eps });
	if (own) return own;
	const centred = tf.sub(x, tf.mean(x, -1, true));
	const variance = tf.mean(tf.square(centred), -1, true);
	const normalised = tf.mul(centred, tf.rsqrt(tf.add(variance, eps)));
	return tf.add(tf.mul(normalised, scale), offset);
}
