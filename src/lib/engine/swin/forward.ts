import * as tf from '@tensorflow/tfjs-core';
import { gelu } from '../ops/gelu';
import { layerNorm } from '../ops/layer-norm';
import { linear } from '../ops/linear';
import { toPatches } from '../ops/patches';
import { probabilitiesOf } from '../ops/probabilities';
import { softmax } from '../ops/softmax';
import { windowContext, windowScores } from '../ops/window-attention';
import { fromWindows, joinFours, toWindows } from '../ops/windows';
import type { Trace } from '../trace';
import type { ForwardOptions } from '../families';
import { FIXED_EPS, stageMap, stageOf, stageOfMap, type MapSize, type SwinConfig } from './config';
import type { PlacedBlock, PlacedBlocks } from './placed';
import type { MergeWeights, SwinBlockWeights, SwinWeights } from './weights';

/*
 * The whole forward pass of a Swin Transformer (Liu et al. 2021, arXiv 2103.14030, section 3). After each line: the
 * shape of what it made. n tokens of the stage's map, d features, h heads, w windows of a places, m hidden features.
 */

/** From pixels to tokens. @param pixels (1, c, height, width) @param positions whether they are added @returns (n, d) */
export function embed(
	config: SwinConfig,
	w: SwinWeights,
	pixels: tf.Tensor4D,
	trace: Trace,
	positions = true
): tf.Tensor2D {
	trace.tap('pixel_values', pixels); //                                                       1 c height width
	const filled = fillPatches(pixels, stageMap(config), config.patchSize); //                  1 c (rows p) (columns p)
	const patches = trace.tap('patches', toPatches(filled, config.patchSize)); //               n (c p p)
	const embedded = trace.tap('patch_embed', linear(patches, w.patchEmbed)); //                n d
	const normed = w.patchNorm ? layerNorm(embedded, w.patchNorm, FIXED_EPS) : embedded; //     n d
	const placed = w.posEmbed && positions ? tf.add<tf.Tensor2D>(normed, w.posEmbed) : normed; // n d
	return trace.tap('embeddings', placed);
}

/** Fills the picture up with zeros, at the right and the bottom, to whole patches. */
function fillPatches(pixels: tf.Tensor4D, { rows, columns }: MapSize, p: number): tf.Tensor4D {
	const [, c, height, width] = pixels.shape;
	const [below, beside] = [rows * p - height, columns * p - width];
	const wide = beside > 0 ? tf.concat([pixels, tf.zeros<tf.Rank.R4>([1, c, height, beside])], 3) : pixels;
	return below > 0 ? tf.concat([wide, tf.zeros<tf.Rank.R4>([1, c, below, columns * p])], 2) : wide;
}

/** How a block attends. */
interface BlockSettings {
	readonly heads: number;
	readonly eps: number;
	readonly activation: SwinConfig['gelu'];
	/** Whether the relative position biases are added. */
	readonly positions: boolean;
}

/** One block. @param x (n, d) @param name e.g. `stages.0.blocks.1` @returns (n, d) */
export function swinBlock(
	{ heads, eps, activation, positions }: BlockSettings,
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
	const biased = positions ? tf.add<tf.Tensor4D>(products, bias) : products; //                                w h a a
	const scores = trace.tap(`${name}.attn.scores`, mask ? tf.add<tf.Tensor4D>(biased, mask) : biased); //       w h a a
	const weights = trace.tap(`${name}.attn.weights`, softmaxRows(scores)); //                      w h a a
	const context = trace.tapHeads(`${name}.attn.head_out`, windowContext(weights, qkv)); //        (w a) d
	const attended = trace.tap(`${name}.attn.out`, linear(fromWindows(context, layout), w.proj)); // n d
	const residual1 = trace.tap(`${name}.residual1`, tf.add<tf.Tensor2D>(x, attended)); //                       n d

	const norm2 = trace.tap(`${name}.norm2`, layerNorm(residual1, w.norm2, eps)); //                n d
	const hidden = trace.tap(`${name}.mlp.pre_gelu`, linear(norm2, w.fc1)); //                      n m
	const active = trace.tap(`${name}.mlp.post_gelu`, gelu(hidden, activation)); //                             n m
	const mlp = trace.tap(`${name}.mlp.out`, linear(active, w.fc2)); //                             n d
	return trace.tap(`${name}.out`, tf.add<tf.Tensor2D>(residual1, mlp)); //                                     n d
}

/** Softmax over the keys. Windows and heads make one axis meanwhile: our own kernels take three. */
function softmaxRows(scores: tf.Tensor4D): tf.Tensor4D {
	const [windows, heads, area] = scores.shape;
	return tf.reshape(softmax(tf.reshape(scores, [windows * heads, area, area])), scores.shape);
}

/** Joins every 2 x 2 tokens into one of the next stage. @param x (n, d) @returns (n / 4, next d) */
export function mergePatches(map: MapSize, w: MergeWeights, x: tf.Tensor2D): tf.Tensor2D {
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

/**
 * Runs the whole model and fills the trace.
 * @param pixels (1, channels, height, width); stays the caller's
 */
export async function swinForward(
	config: SwinConfig,
	weights: SwinWeights,
	placed: PlacedBlocks,
	pixels: tf.Tensor4D,
	trace: Trace,
	{ pause, positions = true }: ForwardOptions = {}
): Promise<void> {
	let x = tf.tidy(() => embed(config, weights, pixels, trace, positions));
	let done = 0;
	const replace = (next: tf.Tensor2D): void => {
		trace.release(x);
		x = next;
	};
	const handOut = (stage: number) => tf.tidy(() => tapMaps(weights, x, stage, trace));
	try {
		handOut(-1);
		for (const [s, { blocks, merge }] of weights.stages.entries()) {
			const { layerNormEps: eps, gelu: activation } = config;
			const settings = { heads: stageOf(config, s).heads, eps, activation, positions };
			for (const [b, block] of blocks.entries()) {
				const at = placed.block(s, b);
				replace(tf.tidy(() => swinBlock(settings, at, block, x, `stages.${s}.blocks.${b}`, trace)));
				await pause?.(++done);
			}
			handOut(s);
			if (merge) replace(tf.tidy(() => trace.tap(`stages.${s}.merge`, mergePatches(stageMap(config, s), merge, x))));
		}
		tf.tidy(() => classify(config, weights, x, trace));
	} finally {
		trace.release(x);
	}
}
