import * as tf from '@tensorflow/tfjs-core';
import type { Gradients } from '../gradients';
import { geluBack } from '../ops/gelu';
import { layerNormBack } from '../ops/layer-norm';
import { linearBack } from '../ops/linear';
import { fromPatches } from '../ops/patches';
import { softmaxBack } from '../ops/softmax';
import { windowContextBack, windowScoresBack } from '../ops/window-attention';
import { fromWindows, joinFours, splitFours, toWindows } from '../ops/windows';
import { FIXED_EPS, stageMap, type MapSize, type SwinConfig } from './config';
import type { MergeWeights, SwinBlockWeights, SwinWeights } from './parameters';
import type { PlacedBlock } from './placed';
import { softmaxRows, type BlockSettings } from './parts';

/*
 * The way back through `steps.ts`, line by line from its end: each line has the gradient with respect to what the same
 * line made there, and so its shape. Padding takes what comes to it and hands nothing on, which is what cutting windows
 * the other way does.
 */

/** From tokens to pixels. @param gradient (n, d) */
export function embedBack(config: SwinConfig, w: SwinWeights, gradient: tf.Tensor2D, gradients: Gradients): void {
	const { channels, imageSize, patchSize: p } = config;
	const { rows, columns } = stageMap(config);
	const normed = gradients.tap('embeddings', gradient); //                                            n d
	if (gradients.areThere) return;
	gradients.constant('parameters.pos_embed');
	const embedded = w.patchNorm ? layerNormBack(normed, gradients.value('patch_embed'), w.patchNorm, FIXED_EPS) : normed;
	const patches = linearBack(gradients.tap('patch_embed', embedded), w.patchEmbed); //                n (c p p)
	const filled = fromPatches(gradients.tap('patches', patches), [1, channels, rows * p, columns * p], p);
	gradients.tap('pixel_values', tf.slice(filled, [0, 0, 0, 0], [1, channels, ...imageSize])); //      1 c height width
}

/** One block. @param gradient (n, d) @param x (n, d): what it read @param name e.g. `stages.0.blocks.1` @returns (n, d) */
export function swinBlockBack(
	{ eps, activation }: BlockSettings,
	{ layout }: PlacedBlock,
	w: SwinBlockWeights,
	gradient: tf.Tensor2D,
	x: tf.Tensor2D,
	name: string,
	gradients: Gradients
): tf.Tensor2D {
	const out = gradients.tap(`${name}.out`, gradient); //                                              n d
	const mlp = linearBack(gradients.tap(`${name}.mlp.out`, out), w.fc2); //                            n m
	const hidden = gradients.value<tf.Tensor2D>(`${name}.mlp.pre_gelu`);
	const bent = geluBack(gradients.tap(`${name}.mlp.post_gelu`, mlp), hidden, activation); //          n m
	const read = linearBack(gradients.tap(`${name}.mlp.pre_gelu`, bent), w.fc1); //                     n d
	const norm2 = gradients.tap(`${name}.norm2`, read); //                                              n d
	const middle = layerNormBack(norm2, gradients.value(`${name}.residual1`), w.norm2, eps);
	const residual1 = gradients.tap(`${name}.residual1`, tf.add<tf.Tensor2D>(out, middle)); //          n d

	const [qkv, pattern] = [gradients.value<tf.Tensor2D>(`${name}.query`), `${name}.attn.pattern`];
	const attended = linearBack(gradients.tap(`${name}.attn.out`, residual1), w.proj); //               n d
	const context = gradients.tapHeads(`${name}.attn.head_out`, toWindows(attended, layout)); //        (w a) d
	const { weights, value } = windowContextBack(context, gradients.value(pattern), qkv);
	const shares = gradients.shares<tf.Tensor4D>(name, softmaxRows);
	const biased = softmaxBack(gradients.tap(pattern, weights), shares); //                             w h a a
	const { query, key } = windowScoresBack(gradients.tap(`${name}.attn.scores`, biased), qkv); //      (w a) d
	const parts = gradients.tapQkv(name, tf.concat([query, key, value], 1)); //                         (w a) (3 d)
	const norm1 = fromWindows(linearBack(parts, w.qkv), layout); //                                     n d
	return tf.add(residual1, layerNormBack(gradients.tap(`${name}.norm1`, norm1), x, w.norm1, eps)); // n d
}

/** From one token of the next stage to the 2 x 2 that it was joined from. @param x (n, d) @returns (n, d) */
export function mergeBack(map: MapSize, w: MergeWeights, gradient: tf.Tensor2D, x: tf.Tensor2D): tf.Tensor2D {
	const joined = linearBack(gradient, w.reduction); //                              (n / 4) (4 d)
	return splitFours(layerNormBack(joined, joinFours(x, map), w.norm, FIXED_EPS), map);
}

/** From the logits to the last stage's tokens. @param gradient (1, classes) @param x (n, d) @returns (n, d) */
export function classifyBack(
	config: SwinConfig,
	w: SwinWeights,
	gradient: tf.Tensor2D,
	x: tf.Tensor2D,
	gradients: Gradients
): tf.Tensor2D {
	if (!w.head) throw new Error('A model without a head has no logits.');
	const pooled = linearBack(gradients.tap('logits', gradient), w.head); //          1 d
	const share = tf.mul(pooled, 1 / x.shape[0]);
	const norm = gradients.tap('norm', tf.add<tf.Tensor2D>(tf.zeros(x.shape), share)); // n d
	return layerNormBack(norm, x, w.norm, config.layerNormEps); //                    n d
}
