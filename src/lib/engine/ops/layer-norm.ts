import * as tf from '@tensorflow/tfjs-core';
import { runOwnKernel, runOwnPair } from './dispatch';
import { columnSums } from './linear';

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

/**
 * What a gradient with respect to the norm's output becomes with respect to its input. With `y` the normalised row and
 * `g` the gradient times the scale: `(g - mean(g) - y mean(g y)) / sqrt(variance + eps)`.
 * @param gradient (n, features)
 * @param x (n, features): what the norm was of
 * @returns (n, features)
 */
export function layerNormBack(gradient: tf.Tensor2D, x: tf.Tensor2D, { scale }: LayerNorm, eps: number): tf.Tensor2D {
	const own = runOwnKernel<tf.Tensor2D>('layerNormBack', { gradient, x, scale }, { eps });
	if (own) return own;
	const { normalised, factor } = normalise(x, eps);
	const scaled = tf.mul(gradient, scale);
	const along = tf.mul(normalised, tf.mean(tf.mul(scaled, normalised), -1, true));
	return tf.mul(tf.sub(tf.sub(scaled, tf.mean(scaled, -1, true)), along), factor);
}

/**
 * What a gradient with respect to the norm's output becomes with respect to its parameters, both (features): the sum over
 * the rows of `gradient y`, with `y` the normalised row, and of the gradient.
 * @param gradient (n, features)
 * @param x (n, features): what the norm was of
 */
export function layerNormParametersBack(gradient: tf.Tensor2D, x: tf.Tensor2D, eps: number): LayerNorm {
	const own = runOwnPair<tf.Tensor1D, tf.Tensor1D>('layerNormParametersBack', { gradient, x }, { eps });
	if (own) return { scale: own[0], offset: own[1] };
	const { normalised } = normalise(x, eps);
	return { scale: columnSums(tf.mul(gradient, normalised)), offset: columnSums(gradient) };
}

/** Each row less its mean, and that by its deviation, as a factor (n, 1). */
function normalise(x: tf.Tensor2D, eps: number): { readonly normalised: tf.Tensor2D; readonly factor: tf.Tensor2D } {
	const centred = tf.sub<tf.Tensor2D>(x, tf.mean(x, -1, true));
	const factor = tf.rsqrt(tf.add<tf.Tensor2D>(tf.mean(tf.square(centred), -1, true), eps));
	return { normalised: tf.mul(centred, factor), factor };
}
