import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../../../src/lib/engine/backends/names';
import { startBackend } from '../../../src/lib/engine/backends/start';

export interface StartOptions {
	readonly threads?: number;
	/** WebGL's textures hold float16, as on some phones. */
	readonly halfPrecision?: boolean;
}

/** Starts a backend with our own kernels; once a page. @returns the threads it runs on */
export async function start(
	name: BackendName,
	{ threads = 1, halfPrecision = false }: StartOptions = {}
): Promise<number> {
	if (halfPrecision) {
		await import('@tensorflow/tfjs-backend-webgl/dist/flags_webgl');
		tf.env().set('WEBGL_FORCE_F16_TEXTURES', true);
	}
	const running = await startBackend(name, threads);
	if (tf.getBackend() !== name) throw new Error(`${name} was asked for, and ${tf.getBackend()} runs.`);
	return running.threads;
}
