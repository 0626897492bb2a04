import * as tf from '@tensorflow/tfjs-core';
import type { Gradients } from '../gradients';
import { crossContext, crossContextBack, crossScores, crossScoresBack } from '../ops/cross-attention';
import { gelu, geluBack } from '../ops/gelu';
import { layerNorm, layerNormBack } from '../ops/layer-norm';
import { linear, linearBack } from '../ops/linear';
import { softmax, softmaxBack } from '../ops/softmax';
import type { Trace } from '../trace';
import { tokenCount, type ViTConfig } from './config';
import type { PoolWeights } from './parameters';

/*
 * The pooling by a learned query: multi-head attention pooling (MAP) of Zhai et al. 2021 (arXiv 2106.04560) after Lee et
 * al. 2018 (arXiv 1810.00825), as SigLIP has it (Zhai et al. 2023, arXiv 2303.15343): timm 1.0.29's
 * `AttentionPoolLatent` and transformers 5.18's `SiglipMultiheadAttentionPoolingHead`, which compute the same. The way
 * back stands below it, line by line from its end.
 */

/** @param norm (n, d): the final tokens, all of them patches @returns (1, d) */
export function poolByAttention(config: ViTConfig, w: PoolWeights, norm: tf.Tensor2D, trace: Trace): tf.Tensor2D {
	const { heads, layerNormEps: eps } = config;
	const query = trace.tapHeads('pool.query', linear(w.probe, w.query)); //                1 d
	const [ownKey, ownValue] = halves(linear(norm, w.keyValue)); //                         n d
	const key = trace.tapHeads('pool.key', ownKey); //                                      n d
	const value = trace.tapHeads('pool.value', ownValue); //                                n d
	const scores = trace.tap('pool.attn.scores', crossScores(query, key, heads)); //        h 1 n
	const weights = trace.tap('pool.attn.pattern', softmax(scores)); //                     h 1 n
	const context = trace.tapHeads('pool.attn.head_out', crossContext(weights, value)); //  1 d
	const attended = trace.tap('pool.attn.out', linear(context, w.proj)); //                1 d
	const normed = trace.tap('pool.norm', layerNorm(attended, w.norm, eps)); //             1 d
	const hidden = trace.tap('pool.mlp.pre_gelu', linear(normed, w.fc1)); //                1 m
	const active = trace.tap('pool.mlp.post_gelu', gelu(hidden, config.gelu)); //           1 m
	const mlp = trace.tap('pool.mlp.out', linear(active, w.fc2)); //                        1 d
	return tf.add(attended, mlp); //                                                        1 d
}

/** @param gradient (1, d), with respect to what the pooling made @returns (n, d), with respect to the final tokens */
export function poolByAttentionBack(
	config: ViTConfig,
	w: PoolWeights,
	gradient: tf.Tensor2D,
	gradients: Gradients
): tf.Tensor2D {
	const value = (name: string) => gradients.value<tf.Tensor2D>(`pool.${name}`);
	const mlp = gradients.tap('pool.mlp.out', gradient); //                                          1 d
	const active = gradients.tap('pool.mlp.post_gelu', linearBack(mlp, w.fc2)); //                   1 m
	const hidden = gradients.tap('pool.mlp.pre_gelu', geluBack(active, value('mlp.pre_gelu'), config.gelu));
	const normed = gradients.tap('pool.norm', linearBack(hidden, w.fc1)); //                         1 d
	const middle = layerNormBack(normed, value('attn.out'), w.norm, config.layerNormEps);
	const attended = gradients.tap('pool.attn.out', tf.add<tf.Tensor2D>(gradient, middle)); //       1 d
	const context = gradients.tapHeads('pool.attn.head_out', linearBack(attended, w.proj)); //       1 d

	const weights = gradients.value<tf.Tensor3D>('pool.attn.pattern'); //                             h 1 n
	const through = crossContextBack(context, weights, value('value'));
	const seen = { weights, gradient: through.weights, heads: config.heads };
	gradients.relevance?.beginBy(seen, gradients.tokensAt('pool.attn.pattern'), tokenCount(config));
	const shares = gradients.shares<tf.Tensor3D>('pool', softmax);
	const products = softmaxBack(gradients.tap('pool.attn.pattern', through.weights), shares); //    h 1 n
	const scores = gradients.tap('pool.attn.scores', products); //                                   h 1 n
	const { query, key } = crossScoresBack(scores, value('query'), value('key'));
	gradients.tapHeads('pool.query', query); //                                                      1 d
	const both = [gradients.tapHeads('pool.key', key), gradients.tapHeads('pool.value', through.value)];
	return linearBack(tf.concat(both, 1), w.keyValue); //                                            n d
}

/** (n, 2 d) as two of (n, d). */
function halves(both: tf.Tensor2D): [tf.Tensor2D, tf.Tensor2D] {
	const [n, width] = both.shape;
	return [tf.slice(both, [0, 0], [n, width / 2]), tf.slice(both, [0, width / 2], [n, width / 2])];
}
