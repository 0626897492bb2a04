import * as tf from '@tensorflow/tfjs-core';
import { gelu, geluBack } from '../ops/gelu';
import { layerNorm, layerNormBack, layerNormParametersBack, type LayerNorm } from '../ops/layer-norm';
import { linear, linearBack, linearParametersBack } from '../ops/linear';
import { softmax } from '../ops/softmax';
import { windowAttentionBack, windowContext, windowScores } from '../ops/window-attention';
import type { Layer, Learner } from './passed';
import type { Chance } from './pictures/chance';

/* The engine's ops as layers that learn, on many pictures at once. b pictures of n tokens are b n rows. */

/** `x @ weight + bias`. @param name of the layer, e.g. `blocks.0.qkv` */
export function linearLayer(learner: Learner, name: string): Layer {
	return (x) => {
		const own = {
			weight: learner.value<tf.Tensor2D>(`${name}.weight`),
			bias: learner.value<tf.Tensor1D>(`${name}.bias`)
		};
		return {
			made: linear(x, own),
			back(gradient) {
				const { weight, bias } = linearParametersBack(gradient, x);
				learner.learn(`${name}.weight`, weight);
				learner.learn(`${name}.bias`, bias);
				return linearBack(gradient, own);
			}
		};
	};
}

export function normLayer(learner: Learner, name: string, eps: number): Layer {
	return (x) => {
		const own: LayerNorm = { scale: learner.value(`${name}.weight`), offset: learner.value(`${name}.bias`) };
		return {
			made: layerNorm(x, own, eps),
			back(gradient) {
				const { scale, offset } = layerNormParametersBack(gradient, x, eps);
				learner.learn(`${name}.weight`, scale);
				learner.learn(`${name}.bias`, offset);
				return layerNormBack(gradient, x, own, eps);
			}
		};
	};
}

export const geluLayer: Layer = (x) => ({ made: gelu(x), back: (gradient) => geluBack(gradient, x) });

/** Attention among the tokens of each picture, which are what a window's are to a Swin. It reads `qkv`, (b n, 3 d). */
export function attentionLayer(pictures: number, heads: number): Layer {
	return (qkv) => {
		const pattern = softmax(windowScores(qkv, pictures, heads));
		return {
			made: windowContext(pattern, qkv),
			back: (gradient) => windowAttentionBack(gradient, pattern, qkv)
		};
	};
}

/** What is left out by chance, so that nothing rests on a single feature (Srivastava et al. 2014). */
export interface Dropout {
	/** From 0, below 1. */
	readonly share: number;
	readonly chance: Chance;
}

/** Each number becomes 0 with the probability `share`, and the others as much larger; nothing happens without. */
export function dropoutLayer(dropout: Dropout | null): Layer {
	return (x) => {
		if (!dropout || dropout.share === 0) return { made: x, back: (gradient) => gradient };
		const { share, chance } = dropout;
		const mask = Float32Array.from({ length: x.size }, () => (chance.next() < share ? 0 : 1 / (1 - share)));
		const kept = tf.tensor2d(mask, x.shape);
		return { made: tf.mul(x, kept), back: (gradient) => tf.mul(gradient, kept) };
	};
}
