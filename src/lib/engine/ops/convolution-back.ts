import * as tf from '@tensorflow/tfjs-core';
import type { Grid } from '../config';
import type { Bend, Convolution, ConvolutionSettings } from './convolution';
import { runOwnKernel, runOwnPair } from './dispatch';
import { columnSums, linearParametersBack } from './linear';
import { cornerOf, zerosBefore } from './zeros';

/*
 * The way back through `convolution.ts`, by the kernels of the way there: tfjs 4.22 has no gradient of a depthwise
 * convolution on wasm, and its mean pooling's counts what lies beyond the map.
 */

/**
 * What a gradient with respect to a convolution's output, before anything bends it, becomes with respect to its input: the
 * gradients are laid as far apart as the steps were, and convolved by the kernel turned by half a turn.
 * @param gradient (b, rows, columns, outputs) @param size of the map that was read @returns (b, rows, columns, inputs)
 */
export function convolveBack(
	gradient: tf.Tensor4D,
	{ weight }: Pick<Convolution, 'weight'>,
	{ kernel, stride, depthwise, padding }: Omit<ConvolutionSettings, 'bend'>,
	{ rows, columns }: Grid
): tf.Tensor4D {
	const own = depthwise
		? null
		: runOwnKernel<tf.Tensor4D>(
				'convolveBack',
				{ gradient, weight },
				{ rows, columns, stride, ...cornerOf({ rows, columns }, kernel, stride, padding) }
			);
	if (own) return own;
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

/**
 * What such a gradient becomes with respect to the convolution's parameters. What each place of the kernel saw is cut out of
 * the map and laid side by side, a row for each place of the output, so that the convolution is a product of matrices.
 * @param gradient (b, rows, columns, outputs) @param x (b, rows, columns, inputs): what the convolution read
 * @returns shaped as the parameters
 */
export function convolveParametersBack(
	gradient: tf.Tensor4D,
	x: tf.Tensor4D,
	settings: Omit<ConvolutionSettings, 'bend'>
): Convolution {
	const { kernel, depthwise } = settings;
	const [inputs, outputs] = [x.shape[3], gradient.shape[3]];
	const own = ownParametersBack(gradient, x, settings);
	if (own) return own;
	const rows = tf.reshape(gradient, [-1, outputs]) as tf.Tensor2D;
	const seen = seenByKernel(x, gradient, settings);
	if (depthwise) {
		const sums = seen.map((places) => columnSums(tf.mul(places, rows)));
		return { weight: tf.reshape(tf.concat(sums), [kernel, kernel, inputs, 1]), bias: columnSums(rows) };
	}
	const { weight, bias } = linearParametersBack(rows, tf.concat(seen, 1));
	return { weight: tf.reshape(weight, [kernel, kernel, inputs, outputs]), bias };
}

/** By our own kernel, where there is one for it. */
function ownParametersBack(
	gradient: tf.Tensor4D,
	x: tf.Tensor4D,
	{ kernel, stride, depthwise, padding }: Omit<ConvolutionSettings, 'bend'>
): Convolution | null {
	if (depthwise) return null;
	const [, rows, columns] = x.shape;
	const attrs = { kernel, stride, ...cornerOf({ rows, columns }, kernel, stride, padding) };
	const own = runOwnPair<tf.Tensor4D, tf.Tensor1D>('convolveParametersBack', { gradient, x }, attrs);
	return own && { weight: own[0], bias: own[1] };
}

/** For each place of a kernel, row by row, what it saw where each place of the output was made: (b rows columns, inputs). */
function seenByKernel(
	x: tf.Tensor4D,
	{ shape: [, rows, columns] }: tf.Tensor4D,
	{ kernel, stride, padding }: Pick<ConvolutionSettings, 'kernel' | 'stride' | 'padding'>
): tf.Tensor2D[] {
	const [b, height, width, c] = x.shape;
	const before = [height, width].map((side) => zerosBefore(side, kernel, stride, padding));
	const after = [rows, columns].map((side, i) => {
		return kernel - 1 + side * stride - (before[i] ?? 0) - (x.shape[i + 1] ?? 0);
	});
	const [above = 0, left = 0] = before;
	const [below = 0, right = 0] = after;
	const lines = withZeros(tf.reshape(x, [b, height, width * c]), above, below);
	const whole = withZeros(tf.reshape(lines, [b * (above + height + below), width, c]), left, right);
	const map = tf.reshape(whole, [b, above + height + below, left + width + right, c]) as tf.Tensor4D;
	return Array.from({ length: kernel ** 2 }, (_, i) => {
		const start = [0, Math.floor(i / kernel), i % kernel, 0];
		const cut = tf.slice(map, start, [b, rows * stride, columns * stride, c]);
		if (stride === 1) return tf.reshape(cut, [-1, c]);
		const apart = tf.reshape(cut, [b * rows, stride, columns, stride * c]) as tf.Tensor4D;
		return tf.reshape(tf.slice(apart, [0, 0, 0, 0], [b * rows, 1, columns, c]), [-1, c]);
	});
}

/** With zeros before and after, along the middle of three axes. */
function withZeros(x: tf.Tensor, before: number, after: number): tf.Tensor3D {
	const [outer = 1, , inner = 1] = x.shape;
	const zeros = (count: number) => (count > 0 ? [tf.zeros<tf.Rank.R3>([outer, count, inner])] : []);
	return tf.concat([...zeros(before), x as tf.Tensor3D, ...zeros(after)], 1);
}

type Ends = [before: number, after: number];
type Zeros = [Ends, Ends, Ends, Ends];
const NONE: Ends = [0, 0];

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

/** Maps with zeros between their places. @param x (b, rows, columns, c) @param step from one place to the next */
function laidApart(x: tf.Tensor4D, step: number): tf.Tensor4D {
	if (step === 1) return x;
	const [b, rows, columns, c] = x.shape;
	const lines = tf.reshape(x, [b * rows, 1, columns * c]);
	const inRows = tf.concat([lines, tf.zeros([b * rows, step - 1, columns * c])], 1);
	const places = b * rows * step * columns;
	const inBoth = tf.concat([tf.reshape(inRows, [places, 1, c]), tf.zeros([places, step - 1, c])], 1);
	const whole = tf.reshape(inBoth, [b, rows * step, columns * step, c]) as tf.Tensor4D;
	return tf.slice(whole, [0, 0, 0, 0], [b, (rows - 1) * step + 1, (columns - 1) * step + 1, c]);
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
	const ceiling = bend === 'relu' ? Infinity : 6;
	const own = runOwnKernel<T>('bentBack', { gradient, made }, { ceiling });
	if (own) return own;
	const zeros = tf.zeros(gradient.shape);
	const above = tf.where(tf.greater(made, 0), gradient, zeros) as T;
	return bend === 'relu' ? above : (tf.where(tf.less(made, 6), above, zeros) as T);
}
