import * as tf from '@tensorflow/tfjs-core';
import { KERNELS, type KernelName } from '../dispatch';
import { Heap } from './heap';
import { makeKernels } from './kernels';
import { startKernels, supportedBuilds, type KernelBuild } from './module';

/**
 * Registers our own kernels with tfjs's wasm backend: a small WebAssembly module that works in the backend's own
 * memory. Call it whenever that backend has been started, also when it was removed and started anew.
 * @param build which build to use; by default the fastest that this JavaScript engine takes
 * @returns the build that runs, or null where the plain tfjs ops stay: no SIMD, or the threaded build of tfjs
 */
export async function registerWasmKernels(
	build: KernelBuild | undefined = supportedBuilds()[0]
): Promise<KernelBuild | null> {
	unregisterWasmKernels();
	const backend = tf.findBackend('wasm');
	const heap = backend && Heap.of(backend);
	if (!build || !heap) return null;
	const kernels = makeKernels(await startKernels(build, heap.memory), heap);
	for (const [name, kernel] of Object.entries(kernels)) {
		tf.registerKernel({
			kernelName: KERNELS[name as KernelName],
			backendName: 'wasm',
			kernelFunc: ({ inputs, attrs }) => kernel(inputs, (attrs ?? {}) as Record<string, number>)
		});
	}
	return build;
}

/** Goes back to the plain tfjs ops. */
export function unregisterWasmKernels(): void {
	for (const name of Object.values(KERNELS)) {
		if (tf.getKernel(name, 'wasm')) tf.unregisterKernel(name, 'wasm');
	}
}
