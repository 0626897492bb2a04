import * as tf from '@tensorflow/tfjs-core';
import { contextBack, scoresBack, type ContextBack, type ScoresBack } from './attention-back';
import { runOwnKernel } from './dispatch';
import { softmaxBack } from './softmax';

/*
 * Attention inside windows. Query, key and value of all heads come out of one linear layer side by side, as in
 * `attention.ts`, and the tokens of a window lie together: a row of `qkv` is one token of one window.
 */

/** One of the three parts of `qkv`, heads apart: (windows, heads, area, head features). */
function partOf(qkv: tf.Tensor2D, part: 'query' | 'key' | 'value', windows: number, heads: number): tf.Tensor4D {
	const [tokens, width] = qkv.shape;
	const features = width / 3;
	const start = ['query', 'key', 'value'].indexOf(part) * features;
	const cut = tf.slice(qkv, [0, start], [tokens, features]);
	const apart = tf.reshape<tf.Rank.R4>(cut, [windows, tokens / windows, heads, features / heads]);
	return tf.transpose(apart, [0, 2, 1, 3]);
}

/**
 * Scaled dot products inside each window, `query @ key^T / sqrt(head features)`; no bias, no mask.
 * @param qkv (windows * area, 3 * heads * head features)
 * @returns (windows, heads, area, area): rows are queries, columns are keys
 */
export function windowScores(qkv: tf.Tensor2D, windows: number, heads: number): tf.Tensor4D {
	const own = runOwnKernel<tf.Tensor4D>('windowScores', { qkv }, { windows, heads });
	if (own) return own;
	const scale = 1 / Math.sqrt(qkv.shape[1] / 3 / heads);
	const query = tf.mul(partOf(qkv, 'query', windows, heads), scale);
	return tf.matMul<tf.Tensor4D>(query, partOf(qkv, 'key', windows, heads), false, true);
}

/**
 * What every token takes home: for each head, the values of its window weighted by the attention; heads side by side.
 * @param weights (windows, heads, area, area), rows sum to 1
 * @param qkv (windows * area, 3 * heads * head features)
 * @returns (windows * area, heads * head features)
 */
export function windowContext(weights: tf.Tensor4D, qkv: tf.Tensor2D): tf.Tensor2D {
	const [windows, heads] = weights.shape;
	const own = runOwnKernel<tf.Tensor2D>('windowContext', { weights, qkv }, { windows, heads });
	if (own) return own;
	const context = tf.matMul<tf.Tensor4D>(weights, partOf(qkv, 'value', windows, heads));
	return tf.reshape(tf.transpose(context, [0, 2, 1, 3]), [qkv.shape[0], qkv.shape[1] / 3]);
}

const productsOf = ({ shape: [windows, heads] }: tf.Tensor4D) => ({
	scores: (qkv: tf.Tensor2D) => windowScores(qkv, windows, heads),
	context: windowContext
});

/** The way back through {@link windowScores}. @param gradient (windows, heads, area, area) */
export function windowScoresBack(gradient: tf.Tensor4D, qkv: tf.Tensor2D): ScoresBack {
	return scoresBack(gradient, qkv, productsOf(gradient), gradient.shape[1]);
}

/** The way back through {@link windowContext}. @param gradient (windows * area, heads * head features) */
export function windowContextBack(
	gradient: tf.Tensor2D,
	weights: tf.Tensor4D,
	qkv: tf.Tensor2D
): ContextBack<tf.Tensor4D> {
	return contextBack(gradient, weights, qkv, productsOf(weights), weights.shape[1]);
}

/**
 * The way back through all of attention, from what the tokens take home to queries, keys and values.
 * @param gradient (windows * area, heads * head features)
 * @param shares (windows, heads, area, area): the pattern, which is the softmax of the scores
 * @returns shaped as `qkv`
 */
export function windowAttentionBack(gradient: tf.Tensor2D, shares: tf.Tensor4D, qkv: tf.Tensor2D): tf.Tensor2D {
	const own = runOwnKernel<tf.Tensor2D>('windowAttentionBack', { gradient, shares, qkv }, {});
	if (own) return own;
	const { weights, value } = windowContextBack(gradient, shares, qkv);
	const { query, key } = windowScoresBack(softmaxBack(weights, shares), qkv);
	return tf.concat([query, key, value], 1);
}
