import * as tf from '@tensorflow/tfjs-core';

/**
 * Our own kernels are registered with tfjs under these names, for the backends that have one. An op looks here first
 * and falls back to plain tfjs ops, so every backend runs and the fast ones run faster. Only `halfLinear` has no plain
 * form: see `half-matrix.ts`.
 */
export const KERNELS = {
	linear: 'PatchworkLinear',
	/** Where a kernel can do without a bias. */
	linearWithoutBias: 'PatchworkLinearWithoutBias',
	halfLinear: 'PatchworkHalfLinear',
	/** With what comes after it in the same program; where there is one for float16 weights, it takes both. */
	linearPlus: 'PatchworkLinearPlus',
	linearGelu: 'PatchworkLinearGelu',
	widenTransposed: 'PatchworkWidenTransposed',
	layerNorm: 'PatchworkLayerNorm',
	gelu: 'PatchworkGelu',
	softmax: 'PatchworkSoftmax',
	scores: 'PatchworkAttentionScores',
	context: 'PatchworkAttentionContext',
	patternRows: 'PatchworkPatternRows',
	contextRows: 'PatchworkContextRows',
	windowScores: 'PatchworkWindowScores',
	windowContext: 'PatchworkWindowContext',
	toWindows: 'PatchworkToWindows',
	fromWindows: 'PatchworkFromWindows',
	convolve: 'PatchworkConvolve',
	depthwise: 'PatchworkDepthwise',
	linearBack: 'PatchworkLinearBack',
	geluBack: 'PatchworkGeluBack',
	softmaxBack: 'PatchworkSoftmaxBack',
	bentBack: 'PatchworkBentBack',
	layerNormBack: 'PatchworkLayerNormBack',
	layerNormParametersBack: 'PatchworkLayerNormParametersBack',
	linearParametersBack: 'PatchworkLinearParametersBack',
	windowAttentionBack: 'PatchworkWindowAttentionBack',
	convolveBack: 'PatchworkConvolveBack',
	convolveParametersBack: 'PatchworkConvolveParametersBack'
} as const;

export type KernelName = keyof typeof KERNELS;

/** Whether the current backend has this kernel. */
export function hasOwnKernel(kernel: KernelName): boolean {
	return tf.getKernel(KERNELS[kernel], tf.getBackend()) !== undefined;
}

/** The result of our own kernel on the current backend, or null when it has none. */
export function runOwnKernel<T extends tf.Tensor>(
	kernel: KernelName,
	inputs: Record<string, tf.Tensor>,
	attrs: Record<string, number>
): T | null {
	return hasOwnKernel(kernel) ? (tf.engine().runKernel(KERNELS[kernel], inputs, attrs) as T) : null;
}

/** The same for a kernel that makes two tensors. */
export function runOwnPair<A extends tf.Tensor, B extends tf.Tensor>(
	kernel: KernelName,
	inputs: Record<string, tf.Tensor>,
	attrs: Record<string, number>
): [A, B] | null {
	if (!hasOwnKernel(kernel)) return null;
	return tf.engine().runKernel(KERNELS[kernel], inputs, attrs) as tf.Tensor[] as [A, B];
}
