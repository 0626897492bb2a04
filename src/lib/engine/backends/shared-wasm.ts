import wasmFactory, {
	type BackendWasmModule,
	type WasmFactoryConfig
} from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js';
import { withSharedMemory } from '../ops/wasm/shared-memory';

/**
 * tfjs's SIMD build with its memory shared, so that threads of ours can work in it. tfjs has a threaded build, too, but
 * that keeps its memory to itself, and starts eight workers from text, which a strict Content-Security-Policy forbids.
 * @param binary of `tfjs-backend-wasm-simd.wasm`
 * @returns what tfjs's `BackendWasm` is made of
 * @throws whatever the browser says where it has no shared memory, or not so much
 */
export async function startSharedWasm(binary: Uint8Array): Promise<BackendWasmModule> {
	const asked: SharedWasmConfig = { wasmBinary: withSharedMemory(binary) };
	const started = (await wasmFactory(asked)) as CallableModule;
	// The names by which `init` of tfjs 4.22's backend_wasm.ts makes the same functions known.
	started.tfjs = {
		init: started.cwrap('init', null, []),
		initWithThreadsCount: started.cwrap('init_with_threads_count', null, ['number']),
		getThreadsCount: started.cwrap('get_threads_count', 'number', []),
		registerTensor: started.cwrap('register_tensor', null, ['number', 'number', 'number']),
		disposeData: started.cwrap('dispose_data', null, ['number']),
		dispose: started.cwrap('dispose', null, [])
	};
	return started;
}

/** With what Emscripten takes besides. */
interface SharedWasmConfig extends WasmFactoryConfig {
	readonly wasmBinary: Uint8Array;
}

/** With Emscripten's way to call what a module exports. */
interface CallableModule extends BackendWasmModule {
	cwrap<F>(name: string, returns: 'number' | null, takes: readonly 'number'[]): F;
}
