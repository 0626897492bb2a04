import * as tf from '@tensorflow/tfjs-core';
import { classifyBack, embedBack, encoderBlockBack } from './back';
import type { ViTConfig } from './config';
import { attentionContext, attentionInPieces, attentionScores } from '../ops/attention';
import { gelu } from '../ops/gelu';
import { linear } from '../ops/linear';
import { toPatches } from '../ops/patches';
import { probabilitiesOf } from '../ops/probabilities';
import { softmax } from '../ops/softmax';
import type { Steps } from '../run';
import type { Trace } from '../trace';
import type { BlockWeights, RotaryWeights, ViTWeights } from './parameters';
import {
	added,
	gatedFeedForward,
	headLogits,
	joinedPlainRest,
	joins,
	normOf,
	passesPatterns,
	pool,
	prefixOf,
	preNormed,
	scaled,
	withPositions
} from './parts';
import { turned } from './turn';

/*
 * The whole forward pass of a Vision Transformer (Dosovitskiy et al. 2020, arXiv 2010.11929, equations 1 to 4).
 * After each line: the shape of what it made. n tokens, d features, h heads, m hidden features.
 * `trace.tap` notes an intermediate under its name and hands it on.
 */

/** From pixels to tokens. @param pixels (1, c, height, width) @returns (n, d) */
export function embed(config: ViTConfig, w: ViTWeights, pixels: tf.Tensor4D, trace: Trace): tf.Tensor2D {
	const image = trace.tap('pixel_values', pixels); //                             1 c height width
	const patches = trace.tap('patches', toPatches(image, config.patchSize)); //    n-1 (c p p)
	const embedded = trace.tap('patch_embed', linear(patches, w.patchEmbed)); //    n-1 d
	const sequence = tf.concat([...prefixOf(w, trace), embedded], 0); //            n d
	const placed = withPositions(sequence, w, trace); //                            n d
	return trace.tap('embeddings', preNormed(config, w, placed, trace)); //         n d
}

/** One encoder block, pre-norm. @param x (n, d) @param name e.g. `blocks.3` @returns (n, d) */
export function encoderBlock(
	config: ViTConfig,
	w: BlockWeights,
	x: tf.Tensor2D,
	name: string,
	trace: Trace,
	rotary: RotaryWeights | null = null
): tf.Tensor2D {
	const { heads } = config;

	const norm1 = trace.tap(`${name}.norm1`, normOf(x, w.norm1, config)); //                        n d
	const qkv = turned(trace.tapQkv(name, linear(norm1, w.qkv)), rotary, name, trace); //           n (3 d)
	const attend = () => {
		const scores = trace.tap(`${name}.attn.scores`, attentionScores(qkv, heads)); //              h n n
		const weights = trace.tap(`${name}.attn.pattern`, softmax(scores)); //                        h n n
		return attentionContext(weights, qkv); //                                                     n d
	};
	const inPieces = () => attentionInPieces(qkv, heads, (rows) => trace.passRows(`${name}.attn.pattern`, rows));
	const own = passesPatterns(name, trace) ? inPieces() : attend(); //                             n d
	const context = trace.tapHeads(`${name}.attn.head_out`, own); //                                n d
	if (joins(config, w, name, trace)) return joinedPlainRest(config, w, { x, context }, name, trace);
	const attended = trace.tap(`${name}.attn.out`, scaled(linear(context, w.proj), w.scale1)); // n d
	const residual1 = trace.tap(`${name}.residual1`, added(config, x, attended)); //                   n d

	const norm2 = trace.tap(`${name}.norm2`, normOf(residual1, w.norm2, config)); //                n d
	if (config.mlp === 'swiglu') return gatedFeedForward(config, w, { residual1, norm2 }, name, trace);
	const hidden = trace.tap(`${name}.mlp.pre_gelu`, linear(norm2, w.fc1)); //                      n m
	const active = trace.tap(`${name}.mlp.post_gelu`, gelu(hidden, config.gelu)); //                             n m
	const mlp = trace.tap(`${name}.mlp.out`, scaled(linear(active, w.fc2), w.scale2)); //           n d
	return trace.tap(`${name}.out`, added(config, residual1, mlp)); //                                 n d
}

/** From the last block's tokens to what the head says, if the model has a head. @param x (n, d) */
export function classify(config: ViTConfig, w: ViTWeights, x: tf.Tensor2D, trace: Trace): void {
	const norm = trace.tap('norm', normOf(x, w.norm, config)); //                   n d
	const pooled = pool(config, w, norm, trace); //                                 1 d
	if (!w.head) return;
	const logits = trace.tap('logits', headLogits(w, norm, pooled, trace)); //      1 classes
	if (config.scores === 'number') return;
	trace.tap('probabilities', probabilitiesOf(logits, config.scores)); //          1 classes
}

/** The whole model, step by step. */
export function vitSteps(config: ViTConfig, weights: ViTWeights): Steps {
	const { rotary } = weights;
	return {
		embedded: 'embeddings',
		embed: (pixels, trace) => embed(config, weights, pixels, trace),
		middle: weights.blocks.map((block, i) => ({
			name: `blocks.${i}`,
			out: `blocks.${i}.out`,
			isBlock: true,
			pass: (x, trace) => encoderBlock(config, block, x, `blocks.${i}`, trace, rotary),
			back: (gradient, x, gradients) => encoderBlockBack(config, block, gradient, x, `blocks.${i}`, gradients, rotary)
		})),
		classify: (x, trace) => classify(config, weights, x, trace),
		embedBack: (gradient, gradients) => embedBack(config, weights, gradient, gradients),
		classifyBack: (gradient, x, gradients) => classifyBack(config, weights, gradient, x, gradients)
	};
}
