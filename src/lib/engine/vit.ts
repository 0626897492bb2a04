import * as tf from '@tensorflow/tfjs-core';
import type { ViTConfig } from './config';
import type { ForwardOptions } from './families';
import { attentionContext, attentionScores } from './ops/attention';
import { gelu } from './ops/gelu';
import { layerNorm, type LayerNorm } from './ops/layer-norm';
import { linear, type Linear } from './ops/linear';
import { toPatches } from './ops/patches';
import { softmax } from './ops/softmax';
import type { Trace } from './trace';

/** One encoder block's parameters. */
export interface BlockWeights {
	readonly norm1: LayerNorm;
	/** Query, key and value projections side by side. */
	readonly qkv: Linear;
	readonly proj: Linear;
	readonly norm2: LayerNorm;
	readonly fc1: Linear;
	readonly fc2: Linear;
}

/** All parameters of a Vision Transformer. */
export interface ViTWeights {
	/** (channels * p * p, dim) and (dim). */
	readonly patchEmbed: Linear;
	/** (1, dim). */
	readonly clsToken: tf.Tensor2D;
	/** (n, dim). */
	readonly posEmbed: tf.Tensor2D;
	readonly blocks: readonly BlockWeights[];
	readonly norm: LayerNorm;
	readonly head: Linear | null;
}

/*
 * The whole forward pass of a Vision Transformer (Dosovitskiy et al. 2020, arXiv 2010.11929, equations 1 to 4).
 * After each line: the shape of what it made. n tokens, d features, h heads, m hidden features.
 * `trace.tap` notes an intermediate under its name and hands it on.
 */

/** From pixels to tokens. @param pixels (1, c, height, width) @param positions whether they are added @returns (n, d) */
export function embed(
	config: ViTConfig,
	w: ViTWeights,
	pixels: tf.Tensor4D,
	trace: Trace,
	positions = true
): tf.Tensor2D {
	trace.tap('pixel_values', pixels); //                                           1 c height width
	const patches = trace.tap('patches', toPatches(pixels, config.patchSize)); //   n-1 (c p p)
	const embedded = trace.tap('patch_embed', linear(patches, w.patchEmbed)); //    n-1 d
	const sequence = tf.concat([w.clsToken, embedded], 0); //                       n d
	const placed = positions ? tf.add<tf.Tensor2D>(sequence, w.posEmbed) : sequence; //          n d
	return trace.tap('embeddings', placed);
}

/** One encoder block, pre-norm. @param x (n, d) @param name e.g. `blocks.3` @returns (n, d) */
export function encoderBlock(
	config: ViTConfig,
	w: BlockWeights,
	x: tf.Tensor2D,
	name: string,
	trace: Trace
): tf.Tensor2D {
	const { heads, layerNormEps: eps } = config;

	const norm1 = trace.tap(`${name}.norm1`, layerNorm(x, w.norm1, eps)); //                        n d
	const qkv = trace.tapQkv(name, linear(norm1, w.qkv)); //                                        n (3 d)
	const scores = trace.tap(`${name}.attn.scores`, attentionScores(qkv, heads)); //                h n n
	const weights = trace.tap(`${name}.attn.weights`, softmax(scores)); //                          h n n
	const context = trace.tapHeads(`${name}.attn.head_out`, attentionContext(weights, qkv)); //     n d
	const attended = trace.tap(`${name}.attn.out`, linear(context, w.proj)); //                     n d
	const residual1 = trace.tap(`${name}.residual1`, tf.add<tf.Tensor2D>(x, attended)); //                       n d

	const norm2 = trace.tap(`${name}.norm2`, layerNorm(residual1, w.norm2, eps)); //                n d
	const hidden = trace.tap(`${name}.mlp.pre_gelu`, linear(norm2, w.fc1)); //                      n m
	const active = trace.tap(`${name}.mlp.post_gelu`, gelu(hidden)); //                             n m
	const mlp = trace.tap(`${name}.mlp.out`, linear(active, w.fc2)); //                             n d
	return trace.tap(`${name}.out`, tf.add<tf.Tensor2D>(residual1, mlp)); //                                     n d
}

/** From the last block's tokens to class probabilities, if the model has a head. @param x (n, d) */
export function classify(config: ViTConfig, w: ViTWeights, x: tf.Tensor2D, trace: Trace): void {
	const norm = trace.tap('norm', layerNorm(x, w.norm, config.layerNormEps)); //   n d
	if (!w.head) return;
	const cls = tf.slice(norm, [0, 0], [1, config.dim]); //                         1 d
	const logits = trace.tap('logits', linear(cls, w.head)); //                     1 classes
	trace.tap('probabilities', tf.softmax(logits)); //                              1 classes
}

/**
 * Runs the whole model and fills the trace.
 * @param pixels (1, channels, height, width); stays the caller's
 */
export async function forward(
	config: ViTConfig,
	weights: ViTWeights,
	pixels: tf.Tensor4D,
	trace: Trace,
	{ pause, positions }: ForwardOptions = {}
): Promise<void> {
	let x = tf.tidy(() => embed(config, weights, pixels, trace, positions));
	try {
		for (const [i, block] of weights.blocks.entries()) {
			const input = x;
			x = tf.tidy(() => encoderBlock(config, block, input, `blocks.${i}`, trace));
			trace.release(input);
			await pause?.(i + 1);
		}
		tf.tidy(() => classify(config, weights, x, trace));
	} finally {
		trace.release(x);
	}
}
