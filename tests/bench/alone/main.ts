import type { RunBudget } from '../../../src/lib/worker/budget';
import { openIn } from '../page/asking';
import { drawOurs, inputOf, keepOurs, lookAtAll, loadOurs, sizedOurs, start, watchTensors } from '../page/ours';
import { jsHeap, watchWasm } from './heaps';
import { openEngine, type EngineRequest, type Opened } from './opened';

export type { EngineRequest } from './opened';

export interface MemoryRequest extends EngineRequest {
	/** What the run may keep, for engines that know of such. */
	readonly budget: RunBudget['one'];
	/** Bytes that the page may hold of it to draw. */
	readonly drawn: number;
	/** Side of the input, in pixels; null for the model's own. */
	readonly size: number | null;
}

/** Bytes, but for the times. */
export interface EngineMemory {
	/** What tensors hold when the model is loaded: its parameters. */
	readonly parameters: number;
	/** What they hold at most while it loads, while it runs, while what the page draws of it is read, and every tap. */
	readonly loading: number;
	readonly running: number;
	readonly drawing: number;
	/** What the page holds of it to draw. */
	readonly page: number;
	/** All of WebAssembly's memory when that was read; 0 on a backend without any. */
	readonly drawnHeap: number;
	readonly looking: number;
	/** All of WebAssembly's memory, which never shrinks; 0 on a backend without any. */
	readonly wasmHeap: number;
	/** The most JavaScript's heap was seen to hold, after loading, after each block and at the end; null if unknown. */
	readonly jsHeap: number | null;
	/** Milliseconds, medians: of a block of the run, and of reading a tap of a block that was not looked at. */
	readonly block: number;
	readonly again: number;
}

/** One engine on one page, driven run by run so that two pages can take turns. */
const engine = {
	/** Starts the engine; once a page. WebAssembly's runs in a worker, as the site's does: only there it may have threads. */
	open(request: EngineRequest): Promise<Opened> {
		if (request.backend !== 'wasm') return openEngine(request);
		const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });
		return openIn<Opened>(worker, request, ['threads', 'time', 'outputs']);
	},

	/** Starts the engine, loads the model, runs it as the site does, reads what is drawn of it, then every tap, and looks at what that took; once a page. */
	async memory({ model: folder, backend, threads, budget, drawn, size }: MemoryRequest): Promise<EngineMemory> {
		const wasmHeap = watchWasm();
		await start(backend, { threads });
		const tensors = watchTensors();
		const loaded = await loadOurs(folder);
		const model = sizedOurs(loaded, size);
		const { now: parameters, peak: loading } = tensors();
		const heaps = [jsHeap()];
		const look = () => void heaps.push(jsHeap());
		const { trace, block } = await keepOurs(model, inputOf(model), budget, look);
		const running = tensors().peak;
		const page = await drawOurs(trace, drawn, look);
		const [drawing, drawnHeap] = [tensors().peak, wasmHeap()];
		const again = await lookAtAll(trace, look);
		return {
			parameters,
			loading,
			running,
			drawing,
			page,
			drawnHeap,
			looking: tensors().peak,
			wasmHeap: wasmHeap(),
			jsHeap: heaps.includes(null) ? null : Math.max(...heaps.map(Number)),
			block,
			again
		};
	}
};

declare global {
	interface Window {
		engine: typeof engine;
	}
}

window.engine = engine;
