import type { BackendName } from '../../../src/lib/engine/backends/names';
import { inputOf, loadOurs, runOurs, start } from '../page/ours';
import { timed } from '../page/timed';

export interface EngineRequest {
	/** Address of the checkpoint folder, ending in a slash. */
	readonly model: string;
	readonly backend: BackendName;
	readonly threads: number;
}

/** One engine, driven run by run so that two pages can take turns. */
export interface Opened {
	/** How many it runs on. */
	threads(): Promise<number>;
	/** @returns milliseconds */
	time(): Promise<number>;
	/** The logits, and how many maps of attention come with them. */
	outputs(): Promise<{ readonly logits: readonly number[]; readonly maps: number }>;
}

/** Starts the engine and loads the model; once a page or a worker. */
export async function openEngine({ model: folder, backend, threads }: EngineRequest): Promise<Opened> {
	const threadsHere = await start(backend, { threads });
	const model = await loadOurs(folder);
	const pixels = inputOf(model);
	return {
		threads: async () => threadsHere,
		time: async () => (await timed(() => runOurs(model, pixels)))[0],
		outputs: async () => {
			const { logits, attention } = await runOurs(model, pixels);
			return { logits: [...logits], maps: attention.length };
		}
	};
}
