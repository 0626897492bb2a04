import wasmFactory, {
	type BackendWasmModule,
	type WasmFactoryConfig
} from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js';
import { MOST_PAGES, withSharedMemory } from '../ops/wasm/shared-memory';
import { ThreadsFailed } from '../ops/wasm/threads-failed';

/** Room for what memory may grow to is set aside at once where it is shared, and phones do not give as much: 4 GiB, 1, a half. */
const LARGEST_PAGES = [MOST_PAGES, MOST_PAGES / 4, MOST_PAGES / 8];

/**
 * tfjs's SIMD build with its memory shared, so that threads of ours can work in it. tfjs has a threaded build, too, but
 * that keeps its memory to itself, and starts eight workers from text, which a strict Content-Security-Policy forbids.
 * @param binary of `tfjs-backend-wasm-simd.wasm`
 * @returns what tfjs's `BackendWasm` is made of; it throws ThreadsFailed where its memory is full
 * @throws whatever the browser says where it has no shared memory, or not so much
 */
export async function startSharedWasm(binary: Uint8Array): Promise<CallableModule> {
	const started = await withMostMemory(binary);
	const { malloc } = started.asm;
	started._malloc = (bytes) => mallocOrThrow(malloc, bytes);
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

async function withMostMemory(binary: Uint8Array): Promise<CallableModule> {
	let reason: unknown;
	for (const pages of LARGEST_PAGES) {
		const asked: SharedWasmConfig = { wasmBinary: withSharedMemory(binary, pages) };
		try {
			return (await wasmFactory(asked)) as CallableModule;
		} catch (error) {
			reason = error;
		}
	}
	throw reason;
}

/** tfjs would take address 0, which stands for no memory, for a tensor's, and write over whatever lies there. */
function mallocOrThrow(malloc: CallableModule['asm']['malloc'], bytes: number): number {
	const address = malloc(bytes);
	if (address === 0 && bytes > 0) throw new ThreadsFailed('the memory that they share is full');
	return address;
}

/** With what Emscripten takes besides. */
interface SharedWasmConfig extends WasmFactoryConfig {
	readonly wasmBinary: Uint8Array;
}

/** With Emscripten's way to call what a module exports, and the exports. */
interface CallableModule extends BackendWasmModule {
	cwrap<F>(name: string, returns: 'number' | null, takes: readonly 'number'[]): F;
	_malloc: (bytes: number) => number;
	readonly asm: { malloc(bytes: number): number };
}
