import * as tf from '@tensorflow/tfjs-core';
import { contextKernel, windowContextKernel } from './context';
import { geluKernel } from './gelu';
import { layerNormKernel } from './layer-norm';
import { halfLinearKernel, linearGeluKernel, linearKernel, linearPlusKernel, linearWithoutBiasKernel } from './linear';
import { scoresKernel, windowScoresKernel } from './scores';
import { softmaxKernel } from './softmax';
import { fromWindowsKernel, toWindowsKernel } from './window-rows';

const WEBGPU_KERNELS = [
	linearKernel,
	linearWithoutBiasKernel,
	halfLinearKernel,
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

/** Tells tfjs of our own WebGPU kernels. Call it before a model runs on that backend; more than once does no harm. */
export function registerWebgpuKernels(): void {
	for (const kernel of WEBGPU_KERNELS) {
		if (!tf.getKernel(kernel.kernelName, kernel.backendName)) tf.registerKernel(kernel);
	}
}
