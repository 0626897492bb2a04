import * as tf from '@tensorflow/tfjs-core';
import type { Gradients } from '../gradients';
import { layerNormBack, type LayerNorm } from '../ops/layer-norm';
import { linearBack } from '../ops/linear';
import { swigluBack } from '../ops/swiglu';
import { DISTILLATION, isPooled, prefixTokens, tokenCount, type ViTConfig } from './config';
import type { BlockWeights, ViTWeights } from './parameters';
import { pooledFrom } from './parts';
import { poolByAttentionBack } from './pooling';

/* The way back through `parts.ts`. */

/** @param x (n, d): what the norm was of, where there is one */
export function normBack(
	gradient: tf.Tensor2D,
	x: tf.Tensor2D,
	norm: LayerNorm | null,
	{ layerNormEps }: ViTConfig
): tf.Tensor2D {
	return norm ? layerNormBack(gradient, x, norm, layerNormEps) : gradient;
}

/** @param gradient (n, d), with respect to the embeddings */
export function preNormedBack(
	config: ViTConfig,
	{ preNorm }: ViTWeights,
	gradient: tf.Tensor2D,
	gradients: Gradients
): tf.Tensor2D {
	if (!preNorm || gradients.areThere) return gradient;
	const sum = normBack(gradient, gradients.value('embeddings.sum'), preNorm, config);
	return gradients.tap('embeddings.sum', sum);
}

/** @param gradient (n, d), with respect to what `fc2` made @returns (n, d) */
export function gatedFeedForwardBack(
	_: ViTConfig,
	w: BlockWeights,
	gradient: tf.Tensor2D,
	name: string,
	gradients: Gradients
): tf.Tensor2D {
	const gated = gradients.tap(`${name}.mlp.gated`, linearBack(gradient, w.fc2)); //               n m
	const values = ['gate', 'value'].map((part) => gradients.value<tf.Tensor2D>(`${name}.mlp.${part}`));
	const [gate, value] = values as [tf.Tensor2D, tf.Tensor2D];
	const through = swigluBack(gated, gate, value);
	const parts = [
		gradients.tap(`${name}.mlp.gate`, through.gate), //                                         n m
		gradients.tap(`${name}.mlp.value`, through.value) //                                        n m
	];
	return linearBack(tf.concat(parts, 1), w.fc1); //                                               n d
}

/** From the logits to the final tokens. @param gradient (1, classes) @param n tokens @returns (n, d) */
export function headBack(
	config: ViTConfig,
	w: ViTWeights,
	gradient: tf.Tensor2D,
	n: number,
	gradients: Gradients
): tf.Tensor2D {
	if (!w.head) throw new Error('A model without a head has no logits.');
	if (!w.pool) gradients.relevance?.begin(rowRead(config, n), gradients.tokensAt('norm'), tokenCount(config));
	if (!w.distHead) return poolBack(config, w, linearBack(gradient, w.head), n, gradients);
	const half = tf.mul<tf.Tensor2D>(gradient, 0.5);
	const cls = linearBack(gradients.tap('logits.cls', half), w.head); //                           1 d
	const token = linearBack(gradients.tap('logits.distillation', half), w.distHead); //            1 d
	return tf.add(poolBack(config, w, cls, n, gradients), inRow(token, DISTILLATION, n)); //        n d
}

/** What of each token the head reads: CLS alone, or all patches alike. @returns (1, n) */
function rowRead(config: ViTConfig, n: number): tf.Tensor2D {
	const first = prefixTokens(config);
	const row = Array.from({ length: n }, (_, i) =>
		config.pooling !== 'mean' ? Number(i === 0) : i < first ? 0 : 1 / (n - first)
	);
	return tf.tensor2d(row, [1, n]);
}

/** From what the head reads to the final tokens. @param gradient (1, d) or (1, 2 d) @returns (n, d) */
function poolBack(
	config: ViTConfig,
	w: ViTWeights,
	gradient: tf.Tensor2D,
	n: number,
	gradients: Gradients
): tf.Tensor2D {
	const { dim, pooling } = config;
	if (!isPooled(config)) return inRow(gradient, 0, n);
	const tapped = gradients.tap('pooled', gradient);
	const pooled: tf.Tensor2D = w.pooledNorm
		? normBack(tapped, pooledBefore(config, w, gradients), w.pooledNorm, config)
		: tapped;
	if (w.pool) return poolByAttentionBack(config, w.pool, pooled, gradients);
	const first = prefixTokens(config);
	const parts = {
		cls: () => inRow(pooled, 0, n),
		mean: () => overPatches(pooled, first, n),
		'cls+mean': () =>
			tf.add<tf.Tensor2D>(
				inRow(tf.slice(pooled, [0, 0], [1, dim]) as tf.Tensor2D, 0, n),
				overPatches(tf.slice(pooled, [0, dim], [1, dim]) as tf.Tensor2D, first, n)
			),
		map: () => {
			throw new Error('A learned query has parameters.');
		}
	};
	return parts[pooling]();
}

/** What the norm behind the pooling was of. */
function pooledBefore(config: ViTConfig, { pool }: ViTWeights, gradients: Gradients): tf.Tensor2D {
	if (!pool) return pooledFrom(config, gradients.value('norm'));
	return tf.add(gradients.value<tf.Tensor2D>('pool.attn.out'), gradients.value<tf.Tensor2D>('pool.mlp.out'));
}

/** One token's gradient among those of the others, which have none. @param gradient (1, d) @returns (n, d) */
function inRow(gradient: tf.Tensor2D, row: number, n: number): tf.Tensor2D {
	return padded(gradient, row, n - row - 1);
}

/** The gradient of a mean: the same share for each patch. @param gradient (1, d) @returns (n, d) */
function overPatches(gradient: tf.Tensor2D, first: number, n: number): tf.Tensor2D {
	const share = tf.mul(gradient, 1 / (n - first));
	return padded(tf.add(tf.zeros([n - first, gradient.shape[1]]), share), first, 0);
}

function padded(rows: tf.Tensor2D, before: number, after: number): tf.Tensor2D {
	const zeros = (count: number) => (count > 0 ? [tf.zeros<tf.Rank.R2>([count, rows.shape[1]])] : []);
	return tf.concat<tf.Tensor2D>([...zeros(before), rows, ...zeros(after)], 0);
}
