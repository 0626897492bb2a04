import * as tf from '@tensorflow/tfjs-core';

/*
 * The way back through attention is attention's own two products once more, with other matrices in the places of query,
 * key and value: so whatever kernel is fast forwards is fast backwards, in windows and without.
 */

/** The two products of attention, of tensors laid out as `qkv` is: (n, 3 heads size). */
export interface Products<T extends tf.Tensor> {
	/** Queries times keys, by `1 / sqrt(size)`. @returns (…, n, n) */
	scores(qkv: tf.Tensor2D): T;
	/** Weights times values. @returns (n, heads size) */
	context(weights: T, qkv: tf.Tensor2D): tf.Tensor2D;
}

/** Gradients with respect to the pattern, taken as a free variable, and to the values. */
export interface ContextBack<T extends tf.Tensor> {
	readonly weights: T;
	readonly value: tf.Tensor2D;
}

/** Gradients with respect to queries and keys: (n, heads size). */
export interface ScoresBack {
	readonly query: tf.Tensor2D;
	readonly key: tf.Tensor2D;
}

/** One of the three parts of `qkv`, heads side by side: (n, heads size). */
function partOf(qkv: tf.Tensor2D, part: 'query' | 'key' | 'value'): tf.Tensor2D {
	const [n, width] = qkv.shape;
	const start = ['query', 'key', 'value'].indexOf(part) * (width / 3);
	return tf.slice(qkv, [0, start], [n, width / 3]);
}

/** The last two axes turned: who was asked asks. */
function turned<T extends tf.Tensor>(weights: T): T {
	const axes = weights.shape.map((_, i) => i);
	return tf.transpose(weights, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
}

/** Only the last part of it is read by {@link Products.context}. */
const asValues = (value: tf.Tensor2D) => tf.concat([value, value, value], 1);

/**
 * @param gradient (n, heads size), with respect to what the tokens take home
 * @param weights the pattern that they were weighted by
 */
export function contextBack<T extends tf.Tensor>(
	gradient: tf.Tensor2D,
	weights: T,
	qkv: tf.Tensor2D,
	{ scores, context }: Products<T>,
	heads: number
): ContextBack<T> {
	const value = partOf(qkv, 'value');
	const unscaled = Math.sqrt(qkv.shape[1] / 3 / heads);
	const products = scores(tf.concat([tf.mul(gradient, unscaled), value, value], 1));
	return { weights: products, value: context(turned(weights), asValues(gradient)) };
}

/** @param gradient (…, n, n), with respect to the scores */
export function scoresBack<T extends tf.Tensor>(
	gradient: T,
	qkv: tf.Tensor2D,
	{ context }: Products<T>,
	heads: number
): ScoresBack {
	const scaled = tf.mul<T>(gradient, 1 / Math.sqrt(qkv.shape[1] / 3 / heads));
	return {
		query: context(scaled, asValues(partOf(qkv, 'key'))),
		key: context(turned(scaled), asValues(partOf(qkv, 'query')))
	};
}
