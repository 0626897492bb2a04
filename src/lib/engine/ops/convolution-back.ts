import * as tf from '@tensorflow/tfjs-core';
import type { Grid } from '../config';
import type { Bend, Convolution, ConvolutionSettings, Padding } from './convolution';

/*
 * The way back through `convolution.ts`, by the kernels of the way there: tfjs 4.22 has no gradient of a depthwise
 * convolution on wasm, and its mean pooling's counts what lies beyond the map.
 */

/**
 * What a gradient with respect to a convolution's output, before anything bends it, becomes with respect to its input: the
 * gradients are laid as far apart as the steps were, and convolved by the kernel turned by half a turn.
 * @param gradient (1, rows, columns, outputs) @param size of the map that was read @returns (1, rows, columns, inputs)
 */
export function convolveBack(
	gradient: tf.Tensor4D,
	{ weight }: Pick<Convolution, 'weight'>,
	{ kernel, stride, depthwise, padding }: Omit<ConvolutionSettings, 'bend'>,
	{ rows, columns }: Grid
): tf.Tensor4D {
	const x = laidApart(gradient, stride);
	const zeros = ([rows, columns] as const).map((side, i): [number, number] => {
		const before = kernel - 1 - zerosBefore(side, kernel, stride, padding);
		return [before, side + kernel - 1 - before - (x.shape[i + 1] ?? 0)];
	});
	const [vertical = NONE, horizontal = NONE] = zeros;
	const turned = halfTurned(weight);
	const filter = depthwise ? turned : tf.transpose(turned, [0, 1, 3, 2]);
	const pad: Zeros = [NONE, vertical, horizontal, NONE];
	return depthwise ? tf.depthwiseConv2d(x, filter, 1, pad) : tf.conv2d(x, filter, 1, pad);
}

type Ends = [before: number, after: number];
type Zeros = [Ends, Ends, Ends, Ends];
const NONE: Ends = [0, 0];

/** How many zeros were laid above or to the left of a map. @param side of the map */
function zerosBefore(side: number, kernel: number, stride: number, padding: Padding): number {
	if (padding === 'symmetric') return (kernel - 1) / 2;
	return Math.floor(Math.max(0, (Math.ceil(side / stride) - 1) * stride + kernel - side) / 2);
}

/** A kernel turned by half a turn. @param weight (rows, columns, a, b) */
function halfTurned(weight: tf.Tensor4D): tf.Tensor4D {
	const [kernel] = weight.shape;
	if (kernel === 1) return weight;
	const backwards = tf.tensor1d(
		Array.from({ length: kernel }, (_, i) => kernel - 1 - i),
		'int32'
	);
	return tf.gather(tf.gather(weight, backwards, 0), backwards, 1);
}

/** A map with zeros between its places. @param x (1, rows, columns, c) @param step from one place to the next */
function laidApart(x: tf.Tensor4D, step: number): tf.Tensor4D {
	if (step === 1) return x;
	const [, rows, columns, c] = x.shape;
	const inRows = tf.concat([tf.reshape(x, [rows, 1, columns * c]), tf.zeros([rows, step - 1, columns * c])], 1);
	const places = rows * step * columns;
	const inBoth = tf.concat([tf.reshape(inRows, [places, 1, c]), tf.zeros([places, step - 1, c])], 1);
	const whole = tf.reshape(inBoth, [1, rows * step, columns * step, c]) as tf.Tensor4D;
	return tf.slice(whole, [0, 0, 0, 0], [1, (rows - 1) * step + 1, (columns - 1) * step + 1, c]);
}

/**
 * The way back through a mean of squares: each place gets its share of its square's gradient.
 * @param gradient (1, rows, columns, c) of the squares @param size of the map that was read
 */
export function meanOfSquaresBack(gradient: tf.Tensor4D, side: number, size: Grid): tf.Tensor4D {
	const [, rows, columns, c] = gradient.shape;
	const places = (length: number, square: number) => Math.min(side, length - square * side);
	const shares = Float32Array.from({ length: rows * columns }, (_, i) => {
		return 1 / (places(size.rows, Math.floor(i / columns)) * places(size.columns, i % columns));
	});
	const shared = tf.mul(gradient, tf.tensor4d(shares, [1, rows, columns, 1]));
	const inRows = tf.add(tf.reshape(shared, [rows, 1, columns * c]), tf.zeros([rows, side, columns * c]));
	const all = rows * side * columns;
	const inBoth = tf.add(tf.reshape(inRows, [all, 1, c]), tf.zeros([all, side, c]));
	const whole = tf.reshape(inBoth, [1, rows * side, columns * side, c]) as tf.Tensor4D;
	return tf.slice(whole, [0, 0, 0, 0], [1, size.rows, size.columns, c]);
}

/** The way back through `largestOfNine`: to the largest alone. @param input, output (1, rows, columns, c), of the way there */
export function largestOfNineBack(dy: tf.Tensor4D, input: tf.Tensor4D, output: tf.Tensor4D): tf.Tensor4D {
	const attributes = { filterSize: 3, strides: 2, pad: 1 };
	return tf.engine().runKernel(tf.MaxPoolGrad, { dy, input, output }, attributes) as tf.Tensor4D;
}

/** The way back through what bends values: nothing moves what was bent. @param made by the way there, before or after it */
export function bentBack<T extends tf.Tensor>(gradient: T, made: T, bend: Bend): T {
	if (bend === null) return gradient;
	const zeros = tf.zeros(gradient.shape);
	const above = tf.where(tf.greater(made, 0), gradient, zeros) as T;
	return bend === 'relu' ? above : (tf.where(tf.less(made, 6), above, zeros) as T);
}
