import { openIn } from '../page/asking';
import { inputOf, loadOurs, runOurs, start, watchTensors } from '../page/ours';
import { jsHeap, watchWasm } from './heaps';
import { openEngine, type EngineRequest, type Opened } from './opened';

export type { EngineRequest } from './opened';

/** Bytes. */
export interface EngineMemory {
	/** What tensors hold when the model is loaded: its parameters. */
	readonly parameters: number;
	/** What they hold at most while it loads, and while it runs. */
	readonly loading: number;
	readonly running: number;
	/** All of WebAssembly's memory, which never shrinks; 0 on a backend without any. */
	readonly wasmHeap: number;
	/** The most JavaScript's heap was seen to hold, after loading, after each block and at the end; null if unknown. */
	readonly jsHeap: number | null;
}

/** One engine on one page, driven run by run so that two pages can take turns. */
const engine = {
	/** Starts the engine; once a page. WebAssembly's runs in a worker, as the site's does: only there it may have threads. */
	open(request: EngineRequest): Promise<Opened> {
		if (request.backend !== 'wasm') return openEngine(request);
		const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });
		return openIn<Opened>(worker, request, ['threads', 'time', 'outputs']);
	},

	/** Starts the engine, loads the model, runs it once, and looks at what that took; once a page. */
	async memory({ model: folder, backend, threads }: EngineRequest): Promise<EngineMemory> {
		const wasmHeap = watchWasm();
		await start(backend, { threads });
		const tensors = watchTensors();
		const model = await loadOurs(folder);
		const loaded = tensors();
		const heaps = [jsHeap()];
		const look = () => void heaps.push(jsHeap());
		await runOurs(model, inputOf(model), look);
		look();
		return {
			parameters: loaded.now,
			loading: loaded.peak,
			running: tensors().peak,
			wasmHeap: wasmHeap(),
			jsHeap: heaps.includes(null) ? null : Math.max(...heaps.map(Number))
		};
	}
};

declare global {
	interface Window {
		engine: typeof engine;
	}
}

window.engine = engine;
