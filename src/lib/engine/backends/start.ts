import '@tensorflow/tfjs-core/dist/base_side_effects';
import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from './names';
import type { CreatedBackend, Threads } from './types';
import { create as createWasm } from './wasm';

/** A backend that tfjs runs on. One at a time. */
export interface RunningBackend {
	readonly name: BackendName;
	readonly threads: number;
	/** Resolves with a few words when the GPU, or a thread, is lost; never for cpu and wasm on one thread. */
	readonly lost: Promise<string>;
	/** Loses the GPU or the threads as a crash would; for tests. */
	lose(): void;
	/** Removes the backend. Dispose what lives on it first. */
	stop(): void;
}

/**
 * Each backend is its own chunk of the build: a page that runs on wasm never loads WebGPU's shaders. Only the one that is
 * started first comes with the engine itself.
 */
const CREATE: Readonly<Record<BackendName, (threads: number) => Promise<CreatedBackend>>> = {
	webgpu: async () => (await import('./webgpu')).create(),
	webgl: async () => (await import('./webgl')).create(),
	wasm: createWasm,
	cpu: async () => (await import('./cpu')).create()
};

/** An answer that never comes, for backends that can't be lost. */
const NEVER = new Promise<string>(() => undefined);

/**
 * Makes a backend and lets tfjs run on it.
 * @throws whatever the backend says when it can't start, in a few words
 */
export async function startBackend(name: BackendName, threads = 1): Promise<RunningBackend> {
	const created = await CREATE[name](threads);
	for (const kernel of created.kernels) {
		if (!tf.getKernel(kernel.kernelName, name)) tf.registerKernel(kernel);
	}
	tf.registerBackend(name, () => created.backend);
	try {
		await tf.setBackend(name);
		await tf.ready();
		await created.registerOwnKernels?.();
		return running(name, created, (await created.startThreads?.()) ?? null);
	} catch (error) {
		tf.removeBackend(name);
		throw error;
	}
}

function running(name: BackendName, created: CreatedBackend, pool: Threads | null): RunningBackend {
	return {
		name,
		threads: pool?.threads ?? 1,
		lost: created.lost ?? pool?.lost ?? NEVER,
		lose: () => (created.lose ? created.lose() : pool?.lose()),
		stop: () => {
			pool?.close();
			tf.removeBackend(name);
		}
	};
}
