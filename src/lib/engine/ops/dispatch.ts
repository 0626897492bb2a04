import * as tf from '@tensorflow/tfjs-core';

/**
 * Our own kernels are registered with tfjs under these names, for the backends that have one. An op looks here first
 * and falls back to plain tfjs ops, so every backend runs and the fast ones run faster.
 */
export const KERNELS = {
	linear: 'PatchworkLinear',
	layerNorm: 'PatchworkLayerNorm',
	gelu: 'PatchworkGelu',
	softmax: 'PatchworkSoftmax',
	scores: 'PatchworkAttentionScores',
	context: 'PatchworkAttentionContext',
	windowScores: 'PatchworkWindowScores',
	windowContext: 'PatchworkWindowContext'
} as const;

export type KernelName = keyof typeof KERNELS;

/** The result of our own kernel on the current backend, or null when it has none. */
export function runOwnKernel<T extends tf.Tensor>(
	kernel: KernelName,
	inputs: Record<string, tf.Tensor>,
	attrs: Record<string, number>
): T | null {
	const name = KERNELS[kernel];
	if (!tf.getKernel(name, tf.getBackend())) return null;
	return tf.engine().runKernel(name, inputs, attrs) as T;
}
