import type { DataId, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';

/** The parts that we use of tfjs's wasm backend, which its published types leave out or hide. */
interface WasmBackend {
	/** The Emscripten module; its exports include the memory, unless the build is threaded. */
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

	/** The heap of a wasm backend, or null for the threaded build, which keeps its (shared) memory to itself. */
	static of(backend: KernelBackend): Heap | null {
		const wasmBackend = backend as unknown as WasmBackend;
		const memory = wasmBackend.wasm.asm?.memory;
		if (!(memory instanceof WebAssembly.Memory) || !(memory.buffer instanceof ArrayBuffer)) return null;
		return new Heap(wasmBackend, memory);
	}

	/** Where a tensor's values begin, in bytes. */
	address(tensor: TensorInfo): number {
		return this.#backend.dataIdMap.get(tensor.dataId).memoryOffset;
	}

	/** Room for a result; the caller's to hand on to tfjs. */
	output(shape: number[]): TensorInfo {
		return this.#backend.makeOutput(shape, 'float32');
	}

	/** Gives back what {@link output} gave and nobody was handed. */
	release(tensor: TensorInfo): void {
		this.#backend.disposeData(tensor.dataId);
	}

	/** Runs `f` with the address of room for some float32s, and gives the room back. */
	withScratch(floats: number, f: (address: number) => void): void {
		const scratch = this.output([floats]);
		try {
			f(this.address(scratch));
		} finally {
			this.release(scratch);
		}
	}
}
