import * as tf from '@tensorflow/tfjs-core';
import { runOwnKernel } from './dispatch';

/** Softmax over the last axis: every row becomes positive and sums to 1. */
export function softmax<T extends tf.Tensor>(x: T): T {
	return runOwnKernel<T>('softmax', { x }, {}) ?? tf.softmax(x);
}

/**
 * What a gradient with respect to the shares becomes with respect to what they are of: `s (g - sum of g s over the row)`.
 * @param shares what the softmax made
 */
export function softmaxBack<T extends tf.Tensor>(gradient: T, shares: T): T {
	const own = runOwnKernel<T>('softmaxBack', { gradient, shares }, {});
	if (own) return own;
	const each = tf.mul<T>(gradient, shares);
	const sum = tf.mul(tf.mean(each, -1, true), shares.shape.at(-1) ?? 1);
	return tf.sub<T>(each, tf.mul(shares, sum));
}
