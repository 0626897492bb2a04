import * as tf from '@tensorflow/tfjs-core';
import { softmax } from '../ops/softmax';
import type { SwinConfig } from './config';

/** How a block attends. */
export interface BlockSettings {
	readonly heads: number;
	readonly eps: number;
	readonly activation: SwinConfig['gelu'];
}

/** Softmax over the keys. Windows and heads make one axis meanwhile: our own kernels take three. */
export function softmaxRows(scores: tf.Tensor4D): tf.Tensor4D {
	const [windows, heads, area] = scores.shape;
	return tf.reshape(softmax(tf.reshape(scores, [windows * heads, area, area])), scores.shape);
}
