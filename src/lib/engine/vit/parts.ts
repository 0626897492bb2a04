import * as tf from '@tensorflow/tfjs-core';
import { isPooled, keeps, prefixTokens, type ViTConfig } from './config';
import { joinedRest, mayJoin } from '../joined-rest';
import { layerNorm, type LayerNorm } from '../ops/layer-norm';
import { linear } from '../ops/linear';
import { swiglu } from '../ops/swiglu';
import type { Trace } from '../trace';
import type { BlockWeights, ViTWeights } from './parameters';
import { poolByAttention } from './pooling';

/* What some models of the family do otherwise than a plain ViT. Shapes as in `steps.ts`. */

/** What stands before the patches: CLS, the distillation token, the registers. Each (some tokens, d). */
export function prefixOf({ clsToken, distToken, registers }: ViTWeights, trace: Trace): tf.Tensor2D[] {
	const tokens = { cls_token: clsToken, dist_token: distToken, reg_tokens: registers };
	return Object.entries(tokens).flatMap(([name, own]) => (own ? [trace.parameter(`parameters.${name}`, own)] : []));
}

/** With the learned positions added, in a model that has such. @param sequence (n, d) */
export function withPositions(sequence: tf.Tensor2D, { posEmbed }: ViTWeights, trace: Trace): tf.Tensor2D {
	return posEmbed ? tf.add<tf.Tensor2D>(sequence, trace.parameter('parameters.pos_embed', posEmbed)) : sequence;
}

/** CLIP's norm before the first block: what it is of is a tap by itself then. @param placed (n, d) */
export function preNormed(config: ViTConfig, w: ViTWeights, placed: tf.Tensor2D, trace: Trace): tf.Tensor2D {
	return w.preNorm ? normOf(trace.tap('embeddings.sum', placed), w.preNorm, config) : placed;
}

/** Layer scale (Touvron et al. 2021, arXiv 2103.17239, equation 4): each feature times its own factor. @param x (n, d) */
export function scaled(x: tf.Tensor2D, scale: tf.Tensor1D | null): tf.Tensor2D {
	return scale ? tf.mul<tf.Tensor2D>(x, scale) : x;
}

/** What a part of a block hands on: its own in addition to what it read, both (n, d). */
export function added(config: ViTConfig, read: tf.Tensor2D, own: tf.Tensor2D): tf.Tensor2D {
	return keeps(config, 'residuals') ? tf.add(read, own) : own;
}

/** A layer norm that a model may have elsewhere. @param x (n, d) */
export function normOf(x: tf.Tensor2D, norm: LayerNorm | null, { layerNormEps }: ViTConfig): tf.Tensor2D {
	return norm ? layerNorm(x, norm, layerNormEps) : x;
}

/** Whether nobody asks for a block's scores and patterns, and they are so large that they are better never made at once. */
export function passesPatterns(name: string, trace: Trace): boolean {
	return ['scores', 'pattern'].every((tap) => trace.passes(`${name}.attn.${tap}`));
}

/** Whether the rest of a block behind its heads is that of a plain ViT, and nobody asks for what lies in between. */
export function joins(config: ViTConfig, w: BlockWeights, name: string, trace: Trace): boolean {
	const isPlain = config.mlp === 'gelu' && keeps(config, 'residuals') && !w.scale1 && !w.scale2;
	return isPlain && mayJoin(name, trace);
}

/** That rest. @param tokens what the block read, and what its heads took home, both (n, d) @returns (n, d) */
export function joinedPlainRest(
	config: ViTConfig,
	w: BlockWeights,
	tokens: { x: tf.Tensor2D; context: tf.Tensor2D },
	name: string,
	trace: Trace
): tf.Tensor2D {
	const norm2 = (x: tf.Tensor2D) => normOf(x, w.norm2, config);
	return joinedRest({ ...w, norm2, gelu: config.gelu }, tokens, name, trace);
}

/** The second half of a block whose feed-forward part has a gate (Shazeer 2020, arXiv 2002.05202, equation 6). */
export function gatedFeedForward(
	config: ViTConfig,
	w: BlockWeights,
	{ residual1, norm2 }: { residual1: tf.Tensor2D; norm2: tf.Tensor2D },
	name: string,
	trace: Trace
): tf.Tensor2D {
	const n = norm2.shape[0];
	const { mlpDim } = config;
	const both = linear(norm2, w.fc1); //                                                          n (2 m)
	const gate = trace.tap(`${name}.mlp.gate`, tf.slice(both, [0, 0], [n, mlpDim])); //             n m
	const value = trace.tap(`${name}.mlp.value`, tf.slice(both, [0, mlpDim], [n, mlpDim])); //      n m
	const gated = trace.tap(`${name}.mlp.gated`, swiglu(gate, value)); //                           n m
	const mlp = trace.tap(`${name}.mlp.out`, scaled(linear(gated, w.fc2), w.scale2)); //            n d
	return trace.tap(`${name}.out`, added(config, residual1, mlp)); //                              n d
}

/**
 * What the head reads, and, in a model that has no classes but projects it (CLIP), what becomes of it.
 * @param norm (n, d) @returns (1, d), or (1, 2 d) of CLS and the mean of the patches
 */
export function pool(config: ViTConfig, w: ViTWeights, norm: tf.Tensor2D, trace: Trace): tf.Tensor2D {
	const own = w.pool ? poolByAttention(config, w.pool, norm, trace) : pooledFrom(config, norm);
	const pooled = isPooled(config) ? trace.tap('pooled', normOf(own, w.pooledNorm, config)) : own;
	if (w.projection) trace.tap('image_embeds', linear(pooled, w.projection)); //                   1 dimensions
	return pooled;
}

/** The same before its layer norm, where no learned query pools. @param norm (n, d) */
export function pooledFrom(config: ViTConfig, norm: tf.Tensor2D): tf.Tensor2D {
	const first = prefixTokens(config);
	const cls = () => tf.slice(norm, [0, 0], [1, config.dim]); //                                   1 d
	const mean = () => tf.mean<tf.Tensor2D>(tf.slice(norm, [first, 0]), 0, true); //                1 d
	if (config.pooling === 'cls+mean') return tf.concat([cls(), mean()], 1);
	return config.pooling === 'cls' ? cls() : mean();
}

/**
 * One number a class. With a distillation token, the mean of what both heads say, as DeiT does at inference (Touvron et
 * al. 2020, arXiv 2012.12877, section 4).
 * @param norm (n, d) @param pooled what the head reads
 */
export function headLogits(w: ViTWeights, norm: tf.Tensor2D, pooled: tf.Tensor2D, trace: Trace): tf.Tensor2D {
	if (!w.head) throw new Error('A model without a head has no logits.');
	if (!w.distHead) return linear(pooled, w.head);
	const cls = trace.tap('logits.cls', linear(pooled, w.head)); //                                 1 classes
	const token = tf.slice(norm, [1, 0], [1, norm.shape[1]]); //                                    1 d
	const distillation = trace.tap('logits.distillation', linear(token, w.distHead)); //            1 classes
	return tf.mul(tf.add<tf.Tensor2D>(cls, distillation), 0.5);
}
