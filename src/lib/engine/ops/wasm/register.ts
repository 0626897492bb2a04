import * as tf from '@tensorflow/tfjs-core';
import { KERNELS, type KernelName } from '../dispatch';
import { Heap } from './heap';
import { makeKernels } from './kernels';
import { startKernels, supportedBuilds, type KernelBuild } from './module';
import { ThreadPool, type PoolSettings, type StartThread } from './pool';
import { oneThread, type Runner } from './runner';

/**
 * Registers our own kernels with tfjs's wasm backend: a small WebAssembly module that works in the backend's own
 * memory. Call it whenever that backend has been started, also when it was removed and started anew.
 * @param build which build to use; by default the fastest that this JavaScript engine takes
 * @returns the build that runs, or null where the plain tfjs ops stay, for lack of SIMD or of a memory to work in
 */
export async function registerWasmKernels(
	build: KernelBuild | undefined = supportedBuilds()[0]
): Promise<KernelBuild | null> {
	const heap = heapInUse();
	if (!build || !heap) return null;
	register(oneThread((await startKernels(build, heap.memory)).exports), heap);
	return build;
}

/**
 * The same on several threads, where the backend's memory is shared.
 * @param threads of them all, this one included, which must be one that may wait: a worker
 * @returns the pool, which is the caller's to close after the backend
 * @throws Error where no kernels of ours run, or a thread does not start
 */
export async function registerThreadedKernels(
	threads: number,
	startThread: StartThread,
	{ build = supportedBuilds()[0], ...settings }: { build?: KernelBuild } & Partial<PoolSettings> = {}
): Promise<ThreadPool> {
	const heap = heapInUse();
	if (!build || !heap) throw new Error('there is no SIMD');
	const pool = await ThreadPool.start(await startKernels(build, heap.memory), threads, startThread, settings);
	register(pool, heap);
	return pool;
}

function heapInUse(): Heap | null {
	unregisterWasmKernels();
	const backend = tf.findBackend('wasm');
	return backend && Heap.of(backend);
}

function register(runner: Runner, heap: Heap): void {
	for (const [name, kernel] of Object.entries(makeKernels(runner, heap))) {
		tf.registerKernel({
			kernelName: KERNELS[name as KernelName],
			backendName: 'wasm',
			kernelFunc: ({ inputs, attrs }) => kernel(inputs, (attrs ?? {}) as Record<string, number>)
		});
	}
}

/** Goes back to the plain tfjs ops. */
export function unregisterWasmKernels(): void {
	for (const name of Object.values(KERNELS)) {
		if (tf.getKernel(name, 'wasm')) tf.unregisterKernel(name, 'wasm');
	}
}
