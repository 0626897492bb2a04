import * as tf from '@tensorflow/tfjs-core';
import { runOwnKernel } from './dispatch';

/** Softmax over the last axis: every row becomes positive and sums to 1. */
export function softmax<T extends tf.Tensor>(x: T): T {
	return runOwnKernel<T>('softmax', { x }, {}) ?? tf.softmax(x);
}

/**
 * What a gradient with respect to the shares becomes with respect to what they are of: `y (g - sum of g y over the row)`.
 * @param y what the softmax made
 */
export function softmaxBack<T extends tf.Tensor>(gradient: T, y: T): T {
	const each = tf.mul<T>(gradient, y);
	const sum = tf.mul(tf.mean(each, -1, true), y.shape.at(-1) ?? 1);
	return tf.sub<T>(each, tf.mul(y, sum));
}
