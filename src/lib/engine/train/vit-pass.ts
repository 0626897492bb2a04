import * as tf from '@tensorflow/tfjs-core';
import { columnSums } from '../ops/linear';
import { DISTILLATION, keeps, prefixTokens, tokenCount, type ViTConfig } from '../vit/config';
import { attentionLayer, dropoutLayer, geluLayer, linearLayer, normLayer, type Dropout } from './layers';
import { chained, residual, type Layer, type Learner } from './passed';

/*
 * A ViT on a batch of pictures, and the way back to all its parameters: what `vit/steps.ts` computes of one picture, by
 * the same ops. After each line: the shape of what it made. b pictures, n tokens, p patches, d features.
 */

/** What a network's heads say of a batch, each (b, classes): the classifier, and the distillation token's, if there is one. */
export interface Said {
	readonly logits: readonly tf.Tensor2D[];
	/** @param gradients with respect to each of `logits` */
	back(gradients: readonly tf.Tensor2D[]): void;
}

/** @param patches (b p, channels * side * side), picture by picture @param pictures b */
export function vitPass(
	config: ViTConfig,
	learner: Learner,
	patches: tf.Tensor2D,
	pictures: number,
	dropout: Dropout | null
): Said {
	const embedded = linearLayer(learner, 'patch_embed')(patches); //                           (b p) d
	const layers = [
		sequenceLayer(config, learner, pictures), //                                             (b n) d
		dropoutLayer(dropout),
		...Array.from({ length: config.depth }, (_, i) => block(config, learner, `blocks.${i}`, pictures, dropout)).flat()
	];
	const { made, back } = chained(embedded.made, layers); //                                   (b n) d
	const read = [...readsOf(config)].map(([name, rows]) => {
		const norm = config.finalNorm === 'none' ? [] : [normLayer(learner, 'norm', config.layerNormEps)];
		return chained(made, [...rows(config, pictures, norm), linearLayer(learner, name)]); // b classes
	});
	return {
		logits: read.map((one) => one.made),
		back(gradients) {
			const all = read.map((one, i) => one.back(gradients[i] ?? tf.zeros<tf.Rank.R2>(one.made.shape)));
			embedded.back(back(all.reduce((sum, one) => tf.add(sum, one))));
		}
	};
}

/** One encoder block, pre-norm: see `encoderBlock`. */
function block(config: ViTConfig, learner: Learner, name: string, pictures: number, dropout: Dropout | null): Layer[] {
	const norm = (which: string) =>
		keeps(config, 'norms') ? [normLayer(learner, `${name}.${which}`, config.layerNormEps)] : [];
	const attention = [
		...norm('norm1'),
		linearLayer(learner, `${name}.qkv`),
		attentionLayer(pictures, config.heads),
		linearLayer(learner, `${name}.proj`),
		dropoutLayer(dropout)
	];
	const feedForward = [
		...norm('norm2'),
		linearLayer(learner, `${name}.fc1`),
		geluLayer,
		linearLayer(learner, `${name}.fc2`),
		dropoutLayer(dropout)
	];
	return keeps(config, 'residuals') ? [residual(attention), residual(feedForward)] : [...attention, ...feedForward];
}

/** Puts the tokens before each picture's patches, and adds the positions: (b p, d) to (b n, d). */
function sequenceLayer(config: ViTConfig, learner: Learner, pictures: number): Layer {
	const { dim, cls, distilled } = config;
	const n = tokenCount(config);
	const first = prefixTokens(config);
	const names = [...(cls ? ['cls_token'] : []), ...(distilled ? ['dist_token'] : [])];
	return (embedded) => {
		const zeros = tf.zeros<tf.Rank.R2>([pictures, dim]);
		const before = names.map((name) => tf.add<tf.Tensor2D>(zeros, learner.value(name)));
		const sequence = tf.concat([...before, tf.reshape(embedded, [pictures, (n - first) * dim]) as tf.Tensor2D], 1);
		const places = tf.reshape(learner.value('pos_embed'), [1, n * dim]);
		return {
			made: tf.reshape(tf.add(sequence, places), [pictures * n, dim]),
			back(gradient) {
				const whole = tf.reshape(gradient, [pictures, n * dim]) as tf.Tensor2D;
				const sums = columnSums(whole); // n d
				learner.learn('pos_embed', tf.reshape(sums, [n, dim]));
				for (const [i, name] of names.entries())
					learner.learn(name, tf.reshape(tf.slice(sums, i * dim, dim), [1, dim]));
				const patches = tf.slice(whole, [0, first * dim], [pictures, (n - first) * dim]);
				return tf.reshape(patches, [pictures * (n - first), dim]);
			}
		};
	};
}

type Rows = (config: ViTConfig, pictures: number, norm: readonly Layer[]) => Layer[];

/** By the name of each head, what it reads. */
function readsOf({ pooling, distillationHead }: ViTConfig): ReadonlyMap<string, Rows> {
	const main: Rows = pooling === 'mean' ? meanRows : tokenRows(0);
	return new Map<string, Rows>([
		['head', main],
		...(distillationHead ? ([['head_dist', tokenRows(DISTILLATION)]] as const) : [])
	]);
}

/** One token of each picture, normed; a norm of rows is the same before they are picked. */
const tokenRows =
	(token: number): Rows =>
	(config, pictures, norm) => [pickLayer(tokenCount(config), token, pictures), ...norm];

const meanRows: Rows = (config, pictures, norm) => [...norm, meanLayer(prefixTokens(config), pictures)];

/** (b n, d) to (b, d). */
function pickLayer(n: number, token: number, pictures: number): Layer {
	return (x) => {
		const dim = x.shape[1];
		const whole = tf.reshape(x, [pictures, n * dim]) as tf.Tensor2D;
		return {
			made: tf.slice(whole, [0, token * dim], [pictures, dim]),
			back(gradient) {
				const zeros = (tokens: number) => (tokens > 0 ? [tf.zeros<tf.Rank.R2>([pictures, tokens * dim])] : []);
				return tf.reshape(tf.concat([...zeros(token), gradient, ...zeros(n - token - 1)], 1), [pictures * n, dim]);
			}
		};
	};
}

/** The mean of each picture's tokens from `first` on: (b n, d) to (b, d). */
export function meanLayer(first: number, pictures: number): Layer {
	return (x) => {
		const [rows, dim] = x.shape;
		const n = rows / pictures;
		const apart = tf.reshape(x, [pictures, n, dim]) as tf.Tensor3D;
		return {
			made: tf.mean(tf.slice(apart, [0, first, 0], [pictures, n - first, dim]), 1),
			back(gradient) {
				const share = tf.reshape(tf.mul(gradient, 1 / (n - first)), [pictures, 1, dim]);
				const patches = tf.add<tf.Tensor3D>(tf.zeros([pictures, n - first, dim]), share);
				const before = first > 0 ? [tf.zeros<tf.Rank.R3>([pictures, first, dim])] : [];
				return tf.reshape(tf.concat([...before, patches], 1), [rows, dim]);
			}
		};
	};
}
