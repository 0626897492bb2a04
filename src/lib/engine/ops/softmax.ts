import * as tf from '@tensorflow/tfjs-core';
import { runOwnKernel } from './dispatch';

/** Softmax over the last axis: every row becomes positive and sums to 1. */
export function softmax<T extends tf.Tensor>(x: T): T {
	return runOwnKernel<T>('softmax', { x }, {}) ?? tf.softmax(x);
}
