import type { DataId, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import { BYTES } from './arguments';

/** Float32s in a line of the cache. */
const LINE = 16;

/** The parts that we use of tfjs's wasm backend, which its published types leave out or hide. */
interface WasmBackend {
	/** The Emscripten module, and its exports. */
	readonly wasm: { readonly asm?: { readonly memory?: unknown } };
	readonly dataIdMap: { get(dataId: DataId): { readonly memoryOffset: number } };
	makeOutput(shape: number[], dtype: 'float32'): TensorInfo;
	disposeData(dataId: DataId): boolean;
}

/**
 * tfjs's heap, as our kernels see it. The memory may grow at any allocation; addresses stay what they are.
 */
export class Heap {
	readonly #backend: WasmBackend;

	private constructor(
		backend: WasmBackend,
		readonly memory: WebAssembly.Memory
	) {
		this.#backend = backend;
	}

	/** The heap of a wasm backend, shared or not; null where the backend does not show its memory. */
	static of(backend: KernelBackend): Heap | null {
		const wasmBackend = backend as unknown as WasmBackend;
		const memory = wasmBackend.wasm.asm?.memory;
		return memory instanceof WebAssembly.Memory ? new Heap(wasmBackend, memory) : null;
	}

	/** Where a tensor's values begin, in bytes. */
	address(tensor: TensorInfo): number {
		return this.#backend.dataIdMap.get(tensor.dataId).memoryOffset;
	}

	/** Room for a result; the caller's to hand on to tfjs. */
	output(shape: number[]): TensorInfo {
		return this.#backend.makeOutput(shape, 'float32');
	}

	/** Runs `f` with room for so many float32s a thread, and gives the room back. */
	withScratch(floats: number, threads: number, f: (scratch: { address: number; bytes: number }) => void): void {
		// A line of the cache between two threads' keeps each from waiting for what the other writes.
		const each = Math.ceil(floats / LINE + 1) * LINE;
		const scratch = this.output([each * threads]);
		try {
			f({ address: this.address(scratch), bytes: each * BYTES });
		} finally {
			this.#backend.disposeData(scratch.dataId);
		}
	}
}
