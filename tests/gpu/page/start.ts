import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../../../src/lib/engine/backends/names';
import { startBackend } from '../../../src/lib/engine/backends/start';

export interface StartOptions {
	readonly threads?: number;
	/** WebGL's textures hold float16, as on some phones. */
	readonly halfPrecision?: boolean;
}

/** The backends that this page has started, and the threads that each runs on. */
const started = new Map<BackendName, number>();

/**
 * Starts a backend with our own kernels, or goes back to it, with all that it has compiled.
 * @param options hold for the first start of a backend
 * @returns the threads it runs on
 */
export async function start(
	name: BackendName,
	{ threads = 1, halfPrecision = false }: StartOptions = {}
): Promise<number> {
	const there = started.get(name);
	if (there !== undefined) {
		await tf.setBackend(name);
		return there;
	}
	if (halfPrecision) {
		await import('@tensorflow/tfjs-backend-webgl/dist/flags_webgl');
		tf.env().set('WEBGL_FORCE_F16_TEXTURES', true);
	}
	const running = await startBackend(name, threads);
	if (tf.getBackend() !== name) throw new Error(`${name} was asked for, and ${tf.getBackend()} runs.`);
	started.set(name, running.threads);
	return running.threads;
}
