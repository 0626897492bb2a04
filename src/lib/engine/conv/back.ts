import * as tf from '@tensorflow/tfjs-core';
import type { Grid } from '../config';
import type { Gradients } from '../gradients';
import { largestOfNine, type Padding } from '../ops/convolution';
import { bentBack, convolveBack, largestOfNineBack, meanOfSquaresBack } from '../ops/convolution-back';
import { linearBack } from '../ops/linear';
import { strided, type ConvConfig } from './config';
import { asMap, asPlaces, convLayer, pixelGrid, placedLayers, sizeAfter } from './parts';
import type { PlacedBlock, PlacedLayer } from './parts';
import type { ConvBlockWeights, ConvWeights } from './parameters';

/*
 * The way back through `steps.ts`, line by line from its end. What a ReLU has made tells which way it bent, where no edit
 * has changed it since; then it is made once more.
 */

/** One layer. @param gradient (n, outputs) @param x (n, inputs): what it read @param name its tap @returns (n, inputs) */
function convLayerBack(
	gradient: tf.Tensor2D,
	x: tf.Tensor2D,
	placed: PlacedLayer,
	padding: Padding,
	name: string,
	gradients: Gradients
): tf.Tensor2D {
	const { layer, weights, size } = placed;
	const made = gradients.made(name, () => convLayer(x, placed, padding));
	const straight = bentBack(gradients.tap(name, gradient), made, layer.bend);
	const map = asMap(straight, strided(size, layer.stride));
	return asPlaces(convolveBack(map, weights, { ...layer, padding }, size));
}

/** Layers one after the other. @param x what the first read @param prefix of their taps: `stem.` */
function layersBack(
	gradient: tf.Tensor2D,
	x: tf.Tensor2D,
	placed: readonly PlacedLayer[],
	padding: Padding,
	prefix: string,
	gradients: Gradients
): tf.Tensor2D {
	return placed.reduceRight((after, one, i) => {
		const before = placed[i - 1];
		const read = before ? gradients.value<tf.Tensor2D>(prefix + before.layer.name) : x;
		return convLayerBack(after, read, one, padding, prefix + one.layer.name, gradients);
	}, gradient);
}

/** One block. @param gradient (n, c) of the map that it made @param x (n, c): what it read @returns as `x` */
export function convBlockBack(
	{ padding }: ConvConfig,
	{ block: { layers, shortcut, relu }, size, name }: PlacedBlock,
	w: ConvBlockWeights,
	gradient: tf.Tensor2D,
	x: tf.Tensor2D,
	gradients: Gradients
): tf.Tensor2D {
	const placed = placedLayers(layers, w.layers, size);
	const last = `${name}.${layers.at(-1)?.name}`;
	const out = gradients.tap(`${name}.out`, gradient);
	if (shortcut === 'none') return layersBack(out, x, placed, padding, `${name}.`, gradients);
	const beside = shortcut === 'identity' ? x : gradients.value<tf.Tensor2D>(`${name}.shortcut`);
	const add = () => tf.add<tf.Tensor2D>(gradients.value<tf.Tensor2D>(last), beside);
	const summed = relu ? bentBack(out, gradients.made(`${name}.out`, add), 'relu') : out;
	const through = layersBack(summed, x, placed, padding, `${name}.`, gradients);
	if (shortcut === 'identity' || !w.shortcut) return tf.add(through, summed);
	const { layer, mean } = shortcut;
	const read = strided(size, mean);
	const added = gradients.tap(`${name}.shortcut`, summed);
	const map = asMap(added, strided(read, layer.stride));
	const squares = convolveBack(map, w.shortcut, { ...layer, padding }, read);
	return tf.add(through, asPlaces(mean > 1 ? meanOfSquaresBack(squares, mean, size) : squares));
}

/** From the first stage's map to pixels. @param gradient (n, c) */
export function embedBack(config: ConvConfig, w: ConvWeights, gradient: tf.Tensor2D, gradients: Gradients): void {
	const { stem, stemPool, padding, imageSize, channels } = config;
	const stemGradient = gradients.tap('stem', gradient);
	if (gradients.areThere) return;
	const size = sizeAfter(stem, pixelGrid(config));
	const filtered = stemPool ? pooledBack(stemGradient, size, `stem.${stem.at(-1)?.name}`, gradients) : stemGradient;
	const pixels = asPlaces(tf.transpose(gradients.value<tf.Tensor4D>('pixel_values'), [0, 2, 3, 1]));
	const placed = placedLayers(stem, w.stem, pixelGrid(config));
	const image = layersBack(filtered, pixels, placed, padding, 'stem.', gradients);
	gradients.tap('pixel_values', tf.transpose(tf.reshape(image, [1, ...imageSize, channels]), [0, 3, 1, 2]));
}

/** @param size of the map that was pooled @param name its tap */
function pooledBack(gradient: tf.Tensor2D, size: Grid, name: string, gradients: Gradients): tf.Tensor2D {
	const input = asMap(gradients.value<tf.Tensor2D>(name), size);
	const pooled = strided(size, 2);
	const output = asMap(
		gradients.made('stem', () => asPlaces(largestOfNine(input))),
		pooled
	);
	return asPlaces(largestOfNineBack(asMap(gradient, pooled), input, output));
}

/** From the logits to the last stage's map, of this size. @param gradient (1, classes) @param x (n, c) @returns (n, c) */
export function classifyBack(
	{ head: layer, padding }: ConvConfig,
	size: Grid,
	w: ConvWeights,
	gradient: tf.Tensor2D,
	x: tf.Tensor2D,
	gradients: Gradients
): tf.Tensor2D {
	if (!w.classifier) throw new Error('A model without a head has no logits.');
	const pooled = gradients.tap('pooled', linearBack(gradients.tap('logits', gradient), w.classifier)); // 1 c
	const [places] = x.shape;
	const share = tf.mul(pooled, 1 / places);
	const last = tf.add<tf.Tensor2D>(tf.zeros([places, share.shape[1] ?? 0]), share); //                   n c
	if (!layer || !w.head) return last;
	return convLayerBack(last, x, { layer, weights: w.head, size }, padding, 'head', gradients);
}
