import * as tf from '@tensorflow/tfjs-core';
import type { Grid } from '../config';
import { largestOfNine } from '../ops/convolution';
import { linear } from '../ops/linear';
import { probabilitiesOf } from '../ops/probabilities';
import type { Step, Steps } from '../run';
import type { Trace } from '../trace';
import { classifyBack, convBlockBack, embedBack } from './back';
import { strided, type ConvConfig } from './config';
import { asMap, asPlaces, besideOf, convLayer, pixelGrid, placedLayers, sizeAfter, type PlacedBlock } from './parts';
import type { ConvBlockWeights, ConvWeights } from './parameters';

/*
 * The whole forward pass of a CNN (He et al. 2016, arXiv 1512.03385; Sandler et al. 2018, arXiv 1801.04381). A map goes on
 * as a matrix, one row a place and one column a channel. After each line: the shape of what it made. n places of the map
 * that the line makes, c channels.
 */

/** From pixels to the first stage's map. @param pixels (1, 3, height, width) @returns (n, c) */
function embed(config: ConvConfig, w: ConvWeights, pixels: tf.Tensor4D, trace: Trace): tf.Tensor2D {
	const image = trace.tap('pixel_values', pixels); //                                        1 3 height width
	let x = asPlaces(tf.transpose(image, [0, 2, 3, 1])); //                                    (height width) 3
	for (const placed of placedLayers(config.stem, w.stem, pixelGrid(config))) {
		x = trace.tap(`stem.${placed.layer.name}`, convLayer(x, placed, config.padding)); //   n c
	}
	const size = sizeAfter(config.stem, pixelGrid(config));
	return trace.tap('stem', config.stemPool ? asPlaces(largestOfNine(asMap(x, size))) : x); // n c
}

/** One block. @param x (n, c) of the map that it reads */
function convBlock(
	{ padding }: ConvConfig,
	{ block: { layers, shortcut, relu }, size, name }: PlacedBlock,
	w: ConvBlockWeights,
	x: tf.Tensor2D,
	trace: Trace
): tf.Tensor2D {
	let made = x;
	for (const placed of placedLayers(layers, w.layers, size)) {
		made = trace.tap(`${name}.${placed.layer.name}`, convLayer(made, placed, padding)); //                  n c
	}
	if (shortcut === 'none') return trace.tap(`${name}.out`, made); //                                          n c
	const own = typeof shortcut === 'object' && w.shortcut;
	const beside = own ? trace.tap(`${name}.shortcut`, besideOf(x, shortcut, own, size, padding)) : x; //       n c
	const sum = tf.add<tf.Tensor2D>(made, beside);
	return trace.tap(`${name}.out`, relu ? tf.relu(sum) : sum); //                                              n c
}

/** From the last stage's map to what the head says. @param x (n, c) */
function classify(config: ConvConfig, size: Grid, w: ConvWeights, x: tf.Tensor2D, trace: Trace): void {
	const { head: layer, scores, padding } = config;
	const last = layer && w.head ? trace.tap('head', convLayer(x, { layer, weights: w.head, size }, padding)) : x; // n c
	const pooled = trace.tap('pooled', tf.mean<tf.Tensor2D>(last, 0, true)); //                                      1 c
	if (!w.classifier) return;
	const logits = trace.tap('logits', linear(pooled, w.classifier)); //                                             1 classes
	if (scores === 'number') return;
	trace.tap('probabilities', probabilitiesOf(logits, scores)); //                                                  1 classes
}

/** The whole model, step by step: a step a block. */
export function convSteps(config: ConvConfig, weights: ConvWeights): Steps {
	const { stem, stemPool, stages } = config;
	let size = strided(sizeAfter(stem, pixelGrid(config)), stemPool ? 2 : 1);
	const middle = stages.flatMap((blocks, s) =>
		blocks.flatMap((block, b): Step[] => {
			const placed = { block, size, name: `stages.${s}.blocks.${b}` };
			const own = weights.stages[s]?.[b];
			size = sizeAfter(block.layers, size);
			if (!own) return [];
			const pass = (x: tf.Tensor2D, trace: Trace) => convBlock(config, placed, own, x, trace);
			const back: Step['back'] = (gradient, x, gradients) => convBlockBack(config, placed, own, gradient, x, gradients);
			return [{ name: placed.name, out: `${placed.name}.out`, isBlock: true, pass, back }];
		})
	);
	return {
		embedded: 'stem',
		embed: (pixels, trace) => embed(config, weights, pixels, trace),
		middle,
		classify: (x, trace) => classify(config, size, weights, x, trace),
		embedBack: (gradient, gradients) => embedBack(config, weights, gradient, gradients),
		classifyBack: (gradient, x, gradients) => classifyBack(config, size, weights, gradient, x, gradients)
	};
}
