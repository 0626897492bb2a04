import type { BackendName } from '../../../src/lib/engine/backends/names';
import { inputOf, loadOurs, runOurs, start, watchTensors } from '../page/ours';
import { timed } from '../page/timed';
import { jsHeap, watchWasm } from './heaps';

export interface EngineRequest {
	/** Address of the checkpoint folder, ending in a slash. */
	readonly model: string;
	readonly backend: BackendName;
	readonly threads: number;
}

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
	/** Starts the engine; once a page. */
	async open({ model: folder, backend, threads }: EngineRequest) {
		const threadsHere = await start(backend, { threads });
		const model = await loadOurs(folder);
		const pixels = inputOf(model);
		return {
			threads: threadsHere,
			/** @returns milliseconds */
			time: async () => (await timed(() => runOurs(model, pixels)))[0],
			/** The logits, and how many maps of attention come with them. */
			outputs: async () => {
				const { logits, attention } = await runOurs(model, pixels);
				return { logits: [...logits], maps: attention.length };
			}
		};
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
