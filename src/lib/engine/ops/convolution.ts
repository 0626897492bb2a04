import * as tf from '@tensorflow/tfjs-core';
import { runOwnKernel } from './dispatch';
import { cornerOf, type Padding } from './zeros';

export type { Padding } from './zeros';

/** What bends a layer's values: below 0 they become 0, and with `relu6` those above 6 become 6. */
export type Bend = 'relu' | 'relu6' | null;

/**
 * A convolution's parameters: `weight` (rows, columns, inputs, outputs), or (rows, columns, channels, 1) where each channel
 * is convolved by itself; `bias` (outputs).
 */
export interface Convolution {
	readonly weight: tf.Tensor4D;
	readonly bias: tf.Tensor1D;
}

/** How a convolution goes over a map. */
export interface ConvolutionSettings {
	readonly kernel: number;
	readonly stride: number;
	readonly depthwise: boolean;
	readonly bend: Bend;
	readonly padding: Padding;
}

/** @param x (b, rows, columns, inputs) @returns (b, rows, columns, outputs), each side divided by the stride and rounded up */
export function convolve(x: tf.Tensor4D, { weight, bias }: Convolution, settings: ConvolutionSettings): tf.Tensor4D {
	const { kernel, stride, depthwise, bend, padding } = settings;
	const own = ownConvolve(x, { weight, bias }, settings);
	if (own) return own;
	const pad = padding === 'one-sided' ? 'same' : (kernel - 1) / 2;
	const asked = { x, filter: weight, bias, strides: stride, pad, activation: bend ?? 'linear' } as const;
	return depthwise ? tf.fused.depthwiseConv2d(asked) : tf.fused.conv2d(asked);
}

/** By our own kernel, where there is one. */
function ownConvolve(x: tf.Tensor4D, { weight, bias }: Convolution, settings: ConvolutionSettings): tf.Tensor4D | null {
	const { kernel, stride, depthwise, bend, padding } = settings;
	const [, height, width] = x.shape;
	const corner = cornerOf({ rows: height, columns: width }, kernel, stride, padding);
	const size = { rows: Math.ceil(height / stride), columns: Math.ceil(width / stride) };
	const limits = { floor: bend ? 0 : -Infinity, ceiling: bend === 'relu6' ? 6 : Infinity };
	const attrs = { kernel, stride, ...corner, ...size, ...limits };
	return runOwnKernel<tf.Tensor4D>(depthwise ? 'depthwise' : 'convolve', { x, weight, bias }, attrs);
}

/** The largest of each 3 x 3 places around every second one. @param x (1, rows, columns, channels) */
export function largestOfNine(x: tf.Tensor4D): tf.Tensor4D {
	return tf.maxPool(x, 3, 2, 1);
}

/** The mean of squares side by side; a square that reaches beyond the map is as much smaller. @param side in places */
export function meanOfSquares(x: tf.Tensor4D, side: number): tf.Tensor4D {
	return tf.avgPool(x, side, side, 'same');
}
