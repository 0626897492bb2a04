import * as tf from '@tensorflow/tfjs-core';

/** Cosines and sines of the angles that rows are turned by: both (n, features of a head). */
export interface Turn {
	readonly cos: tf.Tensor2D;
	readonly sin: tf.Tensor2D;
}

/**
 * Turns the features of every head in pairs: `x cos + half(x) sin`, where `half` puts the negated second half of a head's
 * features before the first (Su et al. 2021, arXiv 2104.09864, equation 34, with the pairs half a head apart).
 * @param x (n, heads * features of a head)
 * @returns the same shape
 */
export function rotate(x: tf.Tensor2D, { cos, sin }: Turn): tf.Tensor2D {
	const apart = headsApart(x, cos);
	return together(tf.add(tf.mul(apart, raised(cos)), tf.mul(half(apart), raised(sin))), x);
}

/**
 * What a gradient with respect to what was turned becomes with respect to what it was made of: where the cosines and sines
 * are those of an angle, the turn back.
 */
export function rotateBack(gradient: tf.Tensor2D, { cos, sin }: Turn): tf.Tensor2D {
	const apart = headsApart(gradient, cos);
	return together(tf.sub(tf.mul(apart, raised(cos)), half(tf.mul(apart, raised(sin)))), gradient);
}

/** `n (h s) -> n h s` */
function headsApart(x: tf.Tensor2D, { shape: [n, size] }: tf.Tensor2D): tf.Tensor3D {
	return tf.reshape(x, [n, x.shape[1] / size, size]);
}

const together = (x: tf.Tensor3D, { shape }: tf.Tensor2D): tf.Tensor2D => tf.reshape(x, shape);

/** `n s -> n 1 s`, for all heads alike. */
const raised = (turn: tf.Tensor2D): tf.Tensor3D => tf.reshape(turn, [turn.shape[0], 1, turn.shape[1]]);

/** A quarter turn of every pair: the first half becomes the negated second, the second half the first. */
function half(x: tf.Tensor3D): tf.Tensor3D {
	const [n, heads, size] = x.shape;
	const [first, second] = [0, size / 2].map((start) => tf.slice(x, [0, 0, start], [n, heads, size / 2]));
	return tf.concat([tf.mul<tf.Tensor3D>(second as tf.Tensor3D, -1), first as tf.Tensor3D], 2);
}
