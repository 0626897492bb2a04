import * as tf from '@tensorflow/tfjs-core';

/*
 * Attention of a few queries over other tokens' keys and values, by plain matrix products, one head after the other: it
 * is asked once a run, so no kernel of our own would be felt. Heads lie side by side in a row.
 */

/** The columns of one head: (rows, features of a head). */
function headOf(x: tf.Tensor2D, head: number, heads: number): tf.Tensor2D {
	const [rows, width] = x.shape;
	return tf.slice(x, [0, (head * width) / heads], [rows, width / heads]);
}

/** The weights of one head. @param weights (heads, queries, keys) */
function weightsOf(weights: tf.Tensor3D, head: number): tf.Tensor2D {
	const [, queries, keys] = weights.shape;
	return tf.reshape(tf.slice(weights, [head, 0, 0], [1, queries, keys]), [queries, keys]);
}

/** One matrix a head, in a row. */
function beside(heads: number, of: (head: number) => tf.Tensor2D): tf.Tensor2D {
	return tf.concat<tf.Tensor2D>(
		Array.from({ length: heads }, (_, head) => of(head)),
		1
	);
}

/** One matrix a head, each (queries, keys). @returns (heads, queries, keys) */
function stacked(heads: number, of: (head: number) => tf.Tensor2D): tf.Tensor3D {
	const each = Array.from({ length: heads }, (_, head) => of(head));
	const [queries, keys] = each[0]?.shape ?? [0, 0];
	return tf.reshape(tf.concat<tf.Tensor2D>(each, 0), [heads, queries, keys]);
}

const scaleOf = (x: tf.Tensor2D, heads: number) => 1 / Math.sqrt(x.shape[1] / heads);

/**
 * Scaled dot products (Vaswani et al. 2017, arXiv 1706.03762, equation 1).
 * @param query (queries, d) @param key (keys, d)
 * @returns (heads, queries, keys)
 */
export function crossScores(query: tf.Tensor2D, key: tf.Tensor2D, heads: number): tf.Tensor3D {
	const scaled = tf.mul<tf.Tensor2D>(query, scaleOf(query, heads));
	return stacked(heads, (head) => tf.matMul(headOf(scaled, head, heads), tf.transpose(headOf(key, head, heads))));
}

/** What each query takes home. @param weights (heads, queries, keys) @param value (keys, d) @returns (queries, d) */
export function crossContext(weights: tf.Tensor3D, value: tf.Tensor2D): tf.Tensor2D {
	const [heads] = weights.shape;
	return beside(heads, (head) => tf.matMul(weightsOf(weights, head), headOf(value, head, heads)));
}

/** The way back through {@link crossContext}. @param gradient (queries, d) */
export function crossContextBack(
	gradient: tf.Tensor2D,
	weights: tf.Tensor3D,
	value: tf.Tensor2D
): { readonly weights: tf.Tensor3D; readonly value: tf.Tensor2D } {
	const [heads] = weights.shape;
	const own = (head: number) => headOf(gradient, head, heads);
	return {
		weights: stacked(heads, (head) => tf.matMul(own(head), tf.transpose(headOf(value, head, heads)))),
		value: beside(heads, (head) => tf.matMul(tf.transpose(weightsOf(weights, head)), own(head)))
	};
}

/** The way back through {@link crossScores}. @param gradient (heads, queries, keys) */
export function crossScoresBack(
	gradient: tf.Tensor3D,
	query: tf.Tensor2D,
	key: tf.Tensor2D
): { readonly query: tf.Tensor2D; readonly key: tf.Tensor2D } {
	const [heads] = gradient.shape;
	const scaled = tf.mul<tf.Tensor3D>(gradient, scaleOf(query, heads));
	const own = (head: number) => weightsOf(scaled, head);
	return {
		query: beside(heads, (head) => tf.matMul(own(head), headOf(key, head, heads))),
		key: beside(heads, (head) => tf.matMul(tf.transpose(own(head)), headOf(query, head, heads)))
	};
}
