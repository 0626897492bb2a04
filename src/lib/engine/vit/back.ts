import * as tf from '@tensorflow/tfjs-core';
import type { Gradients } from '../gradients';
import { attentionBackByHead, attentionContextBack, attentionScoresBack } from '../ops/attention';
import { geluBack } from '../ops/gelu';
import { linearBack } from '../ops/linear';
import { fromPatches } from '../ops/patches';
import { softmax, softmaxBack } from '../ops/softmax';
import { prefixTokens, type ViTConfig } from './config';
import type { BlockWeights, RotaryWeights, ViTWeights } from './parameters';
import { added, scaled } from './parts';
import { gatedFeedForwardBack, headBack, normBack, preNormedBack } from './parts-back';
import { turnedBack, turnedBefore } from './turn';

/*
 * The way back through `steps.ts`, line by line from its end: each line has the gradient with respect to what the same
 * line made there, and so its shape. `gradients.tap` notes it under that name and hands it on.
 */

/** From tokens to pixels. @param gradient (n, d) */
export function embedBack(config: ViTConfig, w: ViTWeights, gradient: tf.Tensor2D, gradients: Gradients): void {
	const sequence = preNormedBack(config, w, gradients.tap('embeddings', gradient), gradients); //      n d
	if (gradients.areThere) return;
	for (const name of ['cls_token', 'dist_token', 'reg_tokens', 'pos_embed']) gradients.constant(`parameters.${name}`);
	const first = prefixTokens(config);
	const embedded = tf.slice(sequence, [first, 0], [sequence.shape[0] - first, config.dim]);
	const patches = linearBack(gradients.tap('patch_embed', embedded), w.patchEmbed); //                 n-1 (c p p)
	const { channels, imageSize, patchSize } = config;
	const image = fromPatches(gradients.tap('patches', patches), [1, channels, ...imageSize], patchSize);
	gradients.tap('pixel_values', image); //                                                             1 c height width
}

/** One encoder block. @param gradient (n, d) @param x (n, d): what it read @param name e.g. `blocks.3` @returns (n, d) */
export function encoderBlockBack(
	config: ViTConfig,
	w: BlockWeights,
	gradient: tf.Tensor2D,
	x: tf.Tensor2D,
	name: string,
	gradients: Gradients,
	rotary: RotaryWeights | null = null
): tf.Tensor2D {
	const isByHead = gradients.doesWithoutPatterns(name);
	const out = gradients.tap(`${name}.out`, gradient); //                                               n d
	const hidden = scaled(gradients.tap(`${name}.mlp.out`, out), w.scale2); //                           n d
	const back = config.mlp === 'swiglu' ? gatedFeedForwardBack : feedForwardBack;
	const norm2 = gradients.tap(`${name}.norm2`, back(config, w, hidden, name, gradients)); //           n d
	const middle = normBack(norm2, gradients.value(`${name}.residual1`), w.norm2, config);
	const residual1 = gradients.tap(`${name}.residual1`, added(config, out, middle)); //                 n d

	const pattern = `${name}.attn.pattern`;
	const qkv = turnedBefore(gradients.value(`${name}.query`), rotary, name, gradients); //              n (3 d)
	const attended = scaled(gradients.tap(`${name}.attn.out`, residual1), w.scale1); //                  n d
	const context = gradients.tapHeads(`${name}.attn.head_out`, linearBack(attended, w.proj)); //        n d
	const see = (weights: tf.Tensor3D, gradient: tf.Tensor3D) =>
		gradients.see(name, { weights, gradient, heads: config.heads });
	const attendBack = () => {
		const attention = gradients.value<tf.Tensor3D>(pattern); //                                        h n n
		const { weights, value } = attentionContextBack(context, attention, qkv);
		see(attention, weights);
		const shares = gradients.shares<tf.Tensor3D>(name, softmax);
		const products = softmaxBack(gradients.tap(pattern, weights), shares); //                          h n n
		return { value, ...attentionScoresBack(gradients.tap(`${name}.attn.scores`, products), qkv) }; //  n d
	};
	const { query, key, value } = isByHead ? attentionBackByHead(context, qkv, config.heads, see) : attendBack();
	const both = turnedBack([query, key], rotary, name, gradients); //                                   n d, n d
	const parts = gradients.tapQkv(name, tf.concat([...both, value], 1)); //                             n (3 d)
	const norm1 = gradients.tap(`${name}.norm1`, linearBack(parts, w.qkv)); //                           n d
	return added(config, residual1, normBack(norm1, x, w.norm1, config)); //                             n d
}

/** @param gradient (n, d), with respect to what `fc2` made @returns (n, d) */
function feedForwardBack(
	{ gelu }: ViTConfig,
	w: BlockWeights,
	gradient: tf.Tensor2D,
	name: string,
	gradients: Gradients
): tf.Tensor2D {
	const active = gradients.tap(`${name}.mlp.post_gelu`, linearBack(gradient, w.fc2)); //               n m
	const bent = geluBack(active, gradients.value(`${name}.mlp.pre_gelu`), gelu);
	return linearBack(gradients.tap(`${name}.mlp.pre_gelu`, bent), w.fc1); //                            n d
}

/** From the logits to the last block's tokens. @param gradient (1, classes) @param x (n, d) @returns (n, d) */
export function classifyBack(
	config: ViTConfig,
	w: ViTWeights,
	gradient: tf.Tensor2D,
	x: tf.Tensor2D,
	gradients: Gradients
): tf.Tensor2D {
	const logits = gradients.tap('logits', gradient); //                                                 1 classes
	const norm = gradients.tap('norm', headBack(config, w, logits, x.shape[0], gradients)); //           n d
	return normBack(norm, x, w.norm, config); //                                                         n d
}
