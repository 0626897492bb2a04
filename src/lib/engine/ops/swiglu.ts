import * as tf from '@tensorflow/tfjs-core';

/**
 * Values let through by a gate: `gate * sigmoid(gate) * value` (Shazeer 2020, arXiv 2002.05202, equation 5; the first
 * factor's function is called SiLU or Swish).
 * @param gate (n, features) @param value (n, features)
 */
export function swiglu(gate: tf.Tensor2D, value: tf.Tensor2D): tf.Tensor2D {
	return tf.mul(tf.mul(gate, tf.sigmoid(gate)), value);
}

/** What a gradient with respect to what was let through becomes with respect to gate and value. All (n, features). */
export function swigluBack(
	gradient: tf.Tensor2D,
	gate: tf.Tensor2D,
	value: tf.Tensor2D
): { readonly gate: tf.Tensor2D; readonly value: tf.Tensor2D } {
	const open = tf.sigmoid(gate);
	const silu = tf.mul(gate, open);
	const slope = tf.add(open, tf.mul(silu, tf.sub(1, open)));
	return { gate: tf.mul(tf.mul(gradient, value), slope), value: tf.mul(gradient, silu) };
}
