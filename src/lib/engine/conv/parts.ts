import * as tf from '@tensorflow/tfjs-core';
import type { Grid } from '../config';
import { convolve, meanOfSquares, type Convolution, type Padding } from '../ops/convolution';
import { strided, type ConvBlockConfig, type ConvConfig, type ConvLayerConfig, type ShortcutConfig } from './config';

/** A matrix of places as the map that it is of. @param x (n, c) @returns (1, rows, columns, c) */
export function asMap(x: tf.Tensor2D, { rows, columns }: Grid): tf.Tensor4D {
	return tf.reshape(x, [1, rows, columns, x.shape[1]]);
}

/** @param map (1, rows, columns, c) @returns (n, c) */
export function asPlaces(map: tf.Tensor4D): tf.Tensor2D {
	return tf.reshape(map, [map.shape[1] * map.shape[2], map.shape[3]]);
}

/** The pixels as places. */
export const pixelGrid = ({ imageSize: [rows, columns] }: Pick<ConvConfig, 'imageSize'>): Grid => ({ rows, columns });

/** A block where it stands. */
export interface PlacedBlock {
	readonly block: ConvBlockConfig;
	/** Of the map that it reads. */
	readonly size: Grid;
	/** E.g. `stages.0.blocks.1`. */
	readonly name: string;
}

/** A layer with its parameters, on a map of one size. */
export interface PlacedLayer {
	readonly layer: ConvLayerConfig;
	readonly weights: Convolution;
	/** Of the map that it reads. */
	readonly size: Grid;
}

/** Layers one after the other, each on the map that the one before leaves. */
export function placedLayers(
	layers: readonly ConvLayerConfig[],
	weights: readonly Convolution[],
	size: Grid
): PlacedLayer[] {
	let at = size;
	return weights.flatMap((own, i) => {
		const layer = layers[i];
		if (!layer) return [];
		const placed = { layer, weights: own, size: at };
		at = strided(at, layer.stride);
		return [placed];
	});
}

/** The map that layers leave. */
export function sizeAfter(layers: readonly ConvLayerConfig[], size: Grid): Grid {
	return layers.reduce((at, { stride }) => strided(at, stride), size);
}

/** One layer with its norm and its ReLU. @param x (n, inputs) @returns (n, outputs) of the map that it leaves */
export function convLayer(x: tf.Tensor2D, { layer, weights, size }: PlacedLayer, padding: Padding): tf.Tensor2D {
	return asPlaces(convolve(asMap(x, size), weights, { ...layer, padding }));
}

/** What is added beside a block's layers, where that is not what the block read. @param x (n, c) */
export function besideOf(
	x: tf.Tensor2D,
	{ layer, mean }: ShortcutConfig,
	weights: Convolution,
	size: Grid,
	padding: Padding
): tf.Tensor2D {
	const read = mean > 1 ? asPlaces(meanOfSquares(asMap(x, size), mean)) : x;
	return convLayer(read, { layer, weights, size: strided(size, mean) }, padding);
}
