import * as tf from '@tensorflow/tfjs-core';
import { registerWebglKernels } from '../../../src/lib/engine/ops/webgl/register';
import { registerWebgpuKernels } from '../../../src/lib/engine/ops/webgpu/register';
import { startBackend } from '../../../src/lib/engine/backends/start';
import type { BackendName } from '../../../src/lib/engine/backends/names';
import { checkHalfPrecision } from './half_precision';
import { compareKernels } from './kernels';
import { compareModel } from './parity';

/** What the tests ask of the page. Everything they get back is plain data. */
const bridge = {
	/** Starts a backend; once a page. @param halfPrecision WebGL's textures hold float16, as on some phones */
	async start(backend: BackendName, halfPrecision = false): Promise<string> {
		if (halfPrecision) {
			await import('@tensorflow/tfjs-backend-webgl/dist/flags_webgl');
			tf.env().set('WEBGL_FORCE_F16_TEXTURES', true);
		}
		await startBackend(backend);
		if (backend === 'webgl') registerWebglKernels();
		if (backend === 'webgpu') registerWebgpuKernels();
		return tf.getBackend();
	},
	compareKernels,
	compareModel,
	checkHalfPrecision
};

export type Bridge = typeof bridge;

declare global {
	interface Window {
		bridge: Bridge;
	}
}

window.bridge = bridge;
