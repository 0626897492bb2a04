import * as tf from '@tensorflow/tfjs-core';
import type { Scores } from '../scores';

/** What logits mean as probabilities: shares of one whole, or each output's own. @param logits (1, classes) */
export function probabilitiesOf(logits: tf.Tensor2D, scores: Scores): tf.Tensor2D {
	return scores === 'sigmoid' ? tf.sigmoid(logits) : tf.softmax(logits);
}
