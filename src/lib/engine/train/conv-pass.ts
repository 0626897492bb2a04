import * as tf from '@tensorflow/tfjs-core';
import type { Grid } from '../config';
import { convBlocks, lastMap, type ConvBlockConfig, type ConvConfig, type ConvLayerConfig } from '../conv/config';
import { convolve, type Convolution } from '../ops/convolution';
import { bentBack, convolveBack, convolveParametersBack } from '../ops/convolution-back';
import { linearLayer } from './layers';
import { chained, type Layer, type Learner, type Passed } from './passed';
import { meanLayer, type Said } from './vit-pass';

/*
 * A CNN on a batch of pictures, and the way back to all its parameters: what `conv/steps.ts` computes of one picture, by
 * the same ops. Maps are (b, rows, columns, channels).
 */

type MapLayer = Layer<tf.Tensor4D>;

/** @param pixels (b, height, width, channels) */
export function convPass(config: ConvConfig, learner: Learner, pixels: tf.Tensor4D): Said {
	const { stem, padding, classes } = config;
	const [pictures] = pixels.shape;
	const layers = [
		...stem.map((layer) => convLayer(learner, `stem.${layer.name}`, layer, padding)),
		...convBlocks(config).map(({ name, block }) => blockLayer(learner, name, block, padding))
	];
	const maps = chained(pixels, layers);
	const { rows, columns, channels } = lastMap(config);
	const flat = tf.reshape(maps.made, [pictures * rows * columns, channels]) as tf.Tensor2D;
	const { made, back } = chained(flat, [meanLayer(0, pictures), linearLayer(learner, 'classifier')]);
	return {
		logits: [made],
		back([gradient = tf.zeros<tf.Rank.R2>([pictures, classes])]) {
			maps.back(tf.reshape(back(gradient), maps.made.shape));
		}
	};
}

type Padding = ConvConfig['padding'];

/** A convolution with its ReLU. @param name of its parameters */
function convLayer(learner: Learner, name: string, layer: ConvLayerConfig, padding: Padding): MapLayer {
	const settings = { ...layer, padding };
	return (x) => {
		const own: Convolution = { weight: learner.value(`${name}.weight`), bias: learner.value(`${name}.bias`) };
		const made = convolve(x, own, settings);
		const [, rows, columns] = x.shape;
		return {
			made,
			back(gradient) {
				const straight = bentBack(gradient, made, layer.bend);
				const { weight, bias } = convolveParametersBack(straight, x, settings);
				learner.learn(`${name}.weight`, weight);
				learner.learn(`${name}.bias`, bias);
				return convolveBack(straight, own, settings, { rows, columns } satisfies Grid);
			}
		};
	};
}

/** A block's layers, and what is added to them. */
function blockLayer(
	learner: Learner,
	name: string,
	{ layers, shortcut, relu }: ConvBlockConfig,
	padding: Padding
): MapLayer {
	return (x) => {
		const own = chained(
			x,
			layers.map((layer) => convLayer(learner, `${name}.${layer.name}`, layer, padding))
		);
		if (shortcut === 'none') return own;
		const beside: Passed<tf.Tensor4D> =
			shortcut === 'identity'
				? { made: x, back: (gradient) => gradient }
				: convLayer(learner, `${name}.shortcut`, shortcut.layer, padding)(x);
		const sum = tf.add<tf.Tensor4D>(own.made, beside.made);
		const made = relu ? tf.relu(sum) : sum;
		return {
			made,
			back(gradient) {
				const summed = bentBack(gradient, made, relu ? 'relu' : null);
				return tf.add(own.back(summed), beside.back(summed));
			}
		};
	};
}
