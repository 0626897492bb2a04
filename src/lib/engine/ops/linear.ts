import * as tf from '@tensorflow/tfjs-core';
import { hasOwnKernel, KERNELS, runOwnKernel, runOwnPair } from './dispatch';
import { HalfMatrix } from './half-matrix';

/** A linear layer's parameters: `weight` (inputs, outputs), `bias` (outputs) or null. */
export interface Linear {
	readonly weight: tf.Tensor2D | HalfMatrix;
	readonly bias: tf.Tensor1D | null;
}

/**
 * `x @ weight + bias`.
 * @param x (n, inputs)
 * @returns (n, outputs)
 */
export function linear(x: tf.Tensor2D, { weight, bias }: Linear): tf.Tensor2D {
	if (weight instanceof HalfMatrix) return halfLinear(x, weight, bias);
	const own = ownLinear(x, weight, bias);
	if (own) return own;
	const made = tf.matMul<tf.Tensor2D>(x, weight);
	return bias ? tf.add<tf.Tensor2D>(made, bias) : made;
}

/** By our own kernel, which on some backends cannot do without a bias; null where there is none. */
function ownLinear(x: tf.Tensor2D, weight: tf.Tensor2D, bias: tf.Tensor1D | null): tf.Tensor2D | null {
	if (bias) return runOwnKernel('linear', { x, weight, bias }, {});
	if (hasOwnKernel('linearWithoutBias')) return runOwnKernel('linearWithoutBias', { x, weight }, {});
	if (!hasOwnKernel('linear')) return null;
	const withZeros = () => ({ x, weight, bias: tf.zeros([weight.shape[1]]) });
	return tf.tidy(() => tf.engine().runKernel(KERNELS.linear, withZeros(), {}) as tf.Tensor2D);
}

/**
 * What a gradient with respect to a layer's output becomes with respect to its input: `gradient @ weight^T`.
 * @param gradient (n, outputs)
 * @returns (n, inputs)
 */
export function linearBack(gradient: tf.Tensor2D, { weight }: Linear): tf.Tensor2D {
	const whole = weight instanceof HalfMatrix ? widened(weight) : weight;
	const own = runOwnKernel<tf.Tensor2D>('linearBack', { gradient, weight: whole }, {});
	// Turned first, because a product with a transposed matrix takes a slow path on the wasm backend.
	return own ?? tf.matMul<tf.Tensor2D>(gradient, tf.transpose(whole));
}

/** Gradients with respect to a linear layer's parameters: (inputs, outputs) and (outputs). */
export interface LinearGradients {
	readonly weight: tf.Tensor2D;
	readonly bias: tf.Tensor1D;
}

/**
 * What a gradient with respect to a layer's output becomes with respect to its parameters: `x^T @ gradient`, and the sum
 * over the rows.
 * @param gradient (n, outputs)
 * @param x (n, inputs): what the layer read
 */
export function linearParametersBack(gradient: tf.Tensor2D, x: tf.Tensor2D): LinearGradients {
	const own = runOwnPair<tf.Tensor2D, tf.Tensor1D>('linearParametersBack', { gradient, x }, {});
	if (own) return { weight: own[0], bias: own[1] };
	return { weight: tf.matMul(tf.transpose(x), gradient), bias: columnSums(gradient) };
}

/** The sum of each column. @param x (n, features) @returns (features) */
export function columnSums(x: tf.Tensor2D): tf.Tensor1D {
	return tf.reshape(tf.matMul(tf.ones<tf.Rank.R2>([1, x.shape[0]]), x), [x.shape[1]]);
}

/** Float16 weights as float32: what they make of the identity, which is exact. */
function widened(weight: HalfMatrix): tf.Tensor2D {
	const [inputs] = weight.shape;
	const identity = new Float32Array(inputs * inputs);
	for (let i = 0; i < inputs; i++) identity[i * (inputs + 1)] = 1;
	return halfLinear(tf.tensor2d(identity, [inputs, inputs]), weight, null);
}

/** {@link linear} by float16 weights. No plain op can do it, and none need: they are only made where our own kernel is. */
function halfLinear(x: tf.Tensor2D, { packed, shape }: HalfMatrix, bias: tf.Tensor1D | null): tf.Tensor2D {
	const inputs = { x, weight: packed, ...(bias && { bias }) };
	return tf.engine().runKernel(KERNELS.halfLinear, inputs, { outputs: shape[1] }) as tf.Tensor2D;
}
