import * as tf from '@tensorflow/tfjs-core';
import { contextKernel } from './context';
import { geluKernel } from './gelu';
import { layerNormKernel } from './layer-norm';
import { linearGeluKernel, linearKernel, linearPlusKernel } from './linear';
import { scoresKernel } from './scores';
import { softmaxKernel } from './softmax';
import { windowContextKernel, windowScoresKernel } from './window-attention';
import { fromWindowsKernel, toWindowsKernel } from './window-rows';

const WEBGL_KERNELS = [
	linearKernel,
	linearPlusKernel,
	linearGeluKernel,
	layerNormKernel,
	geluKernel,
	softmaxKernel,
	scoresKernel,
	contextKernel,
	windowScoresKernel,
	windowContextKernel,
	toWindowsKernel,
	fromWindowsKernel
];

/**
 * Tells tfjs of our own WebGL kernels, which need WebGL 2: on WebGL 1 plain tfjs ops run. Call it before a model runs
 * on that backend; more than once does no harm.
 */
export function registerWebglKernels(): void {
	if (tf.env().getNumber('WEBGL_VERSION') < 2) return;
	for (const kernel of WEBGL_KERNELS) {
		if (!tf.getKernel(kernel.kernelName, kernel.backendName)) tf.registerKernel(kernel);
	}
}
