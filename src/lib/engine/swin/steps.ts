import * as tf from '@tensorflow/tfjs-core';
import { joinedRest, mayJoin } from '../joined-rest';
import { gelu } from '../ops/gelu';
import { layerNorm } from '../ops/layer-norm';
import { linear } from '../ops/linear';
import { toPatches } from '../ops/patches';
import { probabilitiesOf } from '../ops/probabilities';
import { windowContext, windowScores } from '../ops/window-attention';
import { fromWindows, joinFours, toWindows } from '../ops/windows';
import type { Trace } from '../trace';
import type { Step, Steps } from '../run';
import { FIXED_EPS, stageMap, stageOf, stageOfMap, type MapSize, type SwinConfig } from './config';
import { classifyBack, embedBack, mergeBack, swinBlockBack } from './back';
import { softmaxRows, type BlockSettings } from './parts';
import type { PlacedBlock } from './placed';
import type { MergeWeights, SwinBlockWeights, SwinWeights } from './parameters';

/*
 * The whole forward pass of a Swin Transformer (Liu et al. 2021, arXiv 2103.14030, section 3). After each line: the
 * shape of what it made. n tokens of the stage's map, d features, h heads, w windows of a places, m hidden features.
 */

/** From pixels to tokens. @param pixels (1, c, height, width) @returns (n, d) */
export function embed(config: SwinConfig, w: SwinWeights, pixels: tf.Tensor4D, trace: Trace): tf.Tensor2D {
	const image = trace.tap('pixel_values', pixels); //                                         1 c height width
	const filled = fillPatches(image, stageMap(config), config.patchSize); //                   1 c (rows p) (columns p)
	const patches = trace.tap('patches', toPatches(filled, config.patchSize)); //               n (c p p)
	const embedded = trace.tap('patch_embed', linear(patches, w.patchEmbed)); //                n d
	const normed = w.patchNorm ? layerNorm(embedded, w.patchNorm, FIXED_EPS) : embedded; //     n d
	const positions = w.posEmbed && trace.parameter('parameters.pos_embed', w.posEmbed); //        n d
	return trace.tap('embeddings', positions ? tf.add<tf.Tensor2D>(normed, positions) : normed); // n d
}

/** Fills the picture up with zeros, at the right and the bottom, to whole patches. */
function fillPatches(pixels: tf.Tensor4D, { rows, columns }: MapSize, p: number): tf.Tensor4D {
	const [, c, height, width] = pixels.shape;
	const [below, beside] = [rows * p - height, columns * p - width];
	const wide = beside > 0 ? tf.concat([pixels, tf.zeros<tf.Rank.R4>([1, c, height, beside])], 3) : pixels;
	return below > 0 ? tf.concat([wide, tf.zeros<tf.Rank.R4>([1, c, below, columns * p])], 2) : wide;
}

/** One block. @param x (n, d) @param name e.g. `stages.0.blocks.1` @returns (n, d) */
function swinBlock(
	{ heads, eps, activation }: BlockSettings,
	{ layout, bias, mask }: PlacedBlock,
	w: SwinBlockWeights,
	x: tf.Tensor2D,
	name: string,
	trace: Trace
): tf.Tensor2D {
	const norm1 = trace.tap(`${name}.norm1`, layerNorm(x, w.norm1, eps)); //                        n d
	const inWindows = toWindows(norm1, layout); //                                                  (w a) d
	const qkv = trace.tapQkv(name, linear(inWindows, w.qkv)); //                                    (w a) (3 d)
	const products = windowScores(qkv, layout.count, heads); //                                     w h a a
	const biased = tf.add<tf.Tensor4D>(products, bias); //                                           w h a a
	const scores = trace.tap(`${name}.attn.scores`, mask ? tf.add<tf.Tensor4D>(biased, mask) : biased); //       w h a a
	const weights = trace.tap(`${name}.attn.pattern`, softmaxRows(scores)); //                      w h a a
	const context = trace.tapHeads(`${name}.attn.head_out`, windowContext(weights, qkv)); //        (w a) d
	const placed = fromWindows(context, layout); //                                                 n d
	if (mayJoin(name, trace)) {
		const norm2 = (tokens: tf.Tensor2D) => layerNorm(tokens, w.norm2, eps);
		return joinedRest({ ...w, norm2, gelu: activation }, { x, context: placed }, name, trace);
	}
	const attended = trace.tap(`${name}.attn.out`, linear(placed, w.proj)); //                       n d
	const residual1 = trace.tap(`${name}.residual1`, tf.add<tf.Tensor2D>(x, attended)); //                       n d

	const norm2 = trace.tap(`${name}.norm2`, layerNorm(residual1, w.norm2, eps)); //                n d
	const hidden = trace.tap(`${name}.mlp.pre_gelu`, linear(norm2, w.fc1)); //                      n m
	const active = trace.tap(`${name}.mlp.post_gelu`, gelu(hidden, activation)); //                             n m
	const mlp = trace.tap(`${name}.mlp.out`, linear(active, w.fc2)); //                             n d
	return trace.tap(`${name}.out`, tf.add<tf.Tensor2D>(residual1, mlp)); //                                     n d
}

/** Joins every 2 x 2 tokens into one of the next stage. @param x (n, d) @returns (n / 4, next d) */
function mergePatches(map: MapSize, w: MergeWeights, x: tf.Tensor2D): tf.Tensor2D {
	const joined = layerNorm(joinFours(x, map), w.norm, FIXED_EPS); //   (n / 4) (4 d)
	return linear(joined, w.reduction); //                               (n / 4) (next d)
}

/** Notes the maps that a backbone hands out after a stage. @param x (n, d) @param stage -1 for what enters the first */
function tapMaps(w: SwinWeights, x: tf.Tensor2D, stage: number, trace: Trace): void {
	for (const [name, norm] of w.mapNorms) {
		if (stageOfMap(name) === stage) trace.tap(`feature_maps.${name}`, tf.transpose(layerNorm(x, norm, FIXED_EPS))); // d n
	}
}

/** From the last stage's tokens to what the head says, if the model has a head. @param x (n, d) */
export function classify(config: SwinConfig, w: SwinWeights, x: tf.Tensor2D, trace: Trace): void {
	const norm = trace.tap('norm', layerNorm(x, w.norm, config.layerNormEps)); //   n d
	if (!w.head) return;
	const pooled = tf.mean<tf.Tensor2D>(norm, 0, true); //                          1 d
	const logits = trace.tap('logits', linear(pooled, w.head)); //                  1 classes
	if (config.scores === 'number') return;
	trace.tap('probabilities', probabilitiesOf(logits, config.scores)); //          1 classes
}

/** The whole model, step by step: blocks, what a backbone hands out after a stage, and the merging between two stages. */
export function swinSteps(
	config: SwinConfig,
	weights: SwinWeights,
	blockAt: (stage: number, block: number) => PlacedBlock
): Steps {
	const { layerNormEps: eps, gelu: activation } = config;
	const middle = weights.stages.flatMap(({ blocks, merge }, s): Step[] => {
		const settings = { heads: stageOf(config, s).heads, eps, activation };
		const ofBlocks = blocks.map((block, b): Step => {
			const name = `stages.${s}.blocks.${b}`;
			const pass = (x: tf.Tensor2D, trace: Trace) => swinBlock(settings, blockAt(s, b), block, x, name, trace);
			const back: Step['back'] = (gradient, x, gradients) =>
				swinBlockBack(settings, blockAt(s, b), block, gradient, x, name, gradients);
			return { name, out: `${name}.out`, isBlock: true, pass, back };
		});
		const name = `stages.${s}.merge`;
		const handOut = (x: tf.Tensor2D, trace: Trace) => {
			tapMaps(weights, x, s, trace);
			return merge ? trace.tap(name, mergePatches(stageMap(config, s), merge, x)) : x;
		};
		const back: Step['back'] = (gradient, x, gradients) =>
			merge ? mergeBack(stageMap(config, s), merge, gradients.tap(name, gradient), x) : gradient;
		return [
			...ofBlocks,
			{ name, out: merge ? name : `stages.${s}.blocks.${blocks.length - 1}.out`, isBlock: false, pass: handOut, back }
		];
	});
	return {
		embedded: 'embeddings',
		embed(pixels, trace) {
			const x = embed(config, weights, pixels, trace);
			tapMaps(weights, x, -1, trace);
			return x;
		},
		middle,
		classify: (x, trace) => classify(config, weights, x, trace),
		embedBack: (gradient, gradients) => embedBack(config, weights, gradient, gradients),
		classifyBack: (gradient, x, gradients) => classifyBack(config, weights, gradient, x, gradients)
	};
}
