import * as tf from '@tensorflow/tfjs-core';

/**
 * Values let through by a gate: `gate * sigmoid(gate) * value` (Shazeer 2020, arXiv 2002.05202, equation 5; the first
 * factor's function is called SiLU or Swish).
 * @param gate (n, features) @param value (n, features)
 */
export function swiglu(gate: tf.Tensor2D, value: tf.Tensor2D): tf.Tensor2D {
	return tf.mul(tf.mul(gate, tf.sigmoid(gate)), value);
}
