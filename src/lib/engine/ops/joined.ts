import * as tf from '@tensorflow/tfjs-core';
import type { CommonConfig } from '../config';
import { runOwnKernel } from './dispatch';
import { gelu } from './gelu';
import { HalfMatrix } from './half-matrix';
import { linear, type Linear } from './linear';

/*
 * A linear layer together with what comes after it. A GPU takes both as one program, which saves it one more to begin and
 * an intermediate to write and read; so these are for passes that nobody asks for that intermediate.
 */

/** `plus + linear(x)`. @param x (n, inputs) @param plus (n, outputs) @returns (n, outputs) */
export function linearPlus(x: tf.Tensor2D, layer: Linear, plus: tf.Tensor2D): tf.Tensor2D {
	return joined('linearPlus', x, layer, { plus }) ?? tf.add<tf.Tensor2D>(plus, linear(x, layer));
}

/** `gelu(linear(x))`. @param x (n, inputs) @returns (n, outputs) */
export function linearGelu(x: tf.Tensor2D, layer: Linear, kind: CommonConfig['gelu']): tf.Tensor2D {
	return (kind === 'erf' ? joined('linearGelu', x, layer, {}) : null) ?? gelu(linear(x, layer), kind);
}

/** By our own kernel; null where there is none, or the layer has no bias. */
function joined(
	kernel: 'linearPlus' | 'linearGelu',
	x: tf.Tensor2D,
	{ weight, bias }: Linear,
	more: Record<string, tf.Tensor>
): tf.Tensor2D | null {
	if (!bias) return null;
	const numbers = weight instanceof HalfMatrix ? weight.packed : weight;
	return runOwnKernel(kernel, { x, weight: numbers, bias, ...more }, { outputs: weight.shape[1] });
}
