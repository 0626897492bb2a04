import * as tf from '@tensorflow/tfjs-core';
import type { Scores } from '../scores';
import { softmax } from './softmax';

/** What logits mean as probabilities: shares of one whole, or each output's own. @param logits (1, classes) */
export function probabilitiesOf(logits: tf.Tensor2D, scores: Scores): tf.Tensor2D {
	return scores === 'sigmoid' ? tf.sigmoid(logits) : softmax(logits);
}
