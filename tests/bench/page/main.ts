import type { BackendName } from '../../../src/lib/engine/backends/names';
import { asViT } from '../../../src/lib/engine/families';
import { onnxVit } from './onnx/vit';
import { plainWeights } from './onnx/weights';
import { loadOrt } from './ort';
import { inputOf, loadOurs, runOurs, start } from './ours';
import { compareOutputs, type Difference } from './outputs';
import { timed } from './timed';

export interface BenchRequest {
	/** Address of the checkpoint folder, ending in a slash. */
	readonly model: string;
	readonly backend: BackendName;
	readonly threads: number;
	readonly runs: number;
	/** No further pair of runs begins after this, but three are always made. */
	readonly deadlineMs: number;
}

/** Milliseconds throughout. */
export interface BenchResult {
	readonly threads: number;
	/** What onnxruntime ran on. */
	readonly provider: string;
	readonly note: string;
	/** The first run, with shaders compiled and weights uploaded. */
	readonly first: { readonly ours: number; readonly ort: number };
	readonly ours: readonly number[];
	readonly ort: readonly number[];
	readonly difference: Difference;
}

const FEWEST_RUNS = 3;

/** Runs both engines in turn on the same weights and input. */
async function bench({ model: folder, backend, threads, runs, deadlineMs }: BenchRequest): Promise<BenchResult> {
	const threadsHere = await start(backend, { threads });
	const model = await loadOurs(folder);
	const config = asViT(model.config);
	const file = await onnxVit(config, plainWeights(model, config));
	const ort = await loadOrt(file, config, backend, threadsHere);
	const pixels = inputOf(model);

	const [firstOurs, ourOutputs] = await timed(() => runOurs(model, pixels));
	const [firstOrt, ortOutputs] = await timed(() => ort.run(pixels));
	const times = { ours: [] as number[], ort: [] as number[] };
	const began = performance.now();
	for (let i = 0; i < runs && (i < FEWEST_RUNS || performance.now() - began < deadlineMs); i++) {
		const pair = { ours: () => runOurs(model, pixels), ort: () => ort.run(pixels) };
		// Each goes first in every other pair, so that neither always finds the caches the other has left.
		for (const engine of i % 2 === 0 ? (['ours', 'ort'] as const) : (['ort', 'ours'] as const)) {
			times[engine].push((await timed(pair[engine]))[0]);
		}
	}
	return {
		threads: threadsHere,
		provider: ort.provider,
		note: ort.note,
		first: { ours: firstOurs, ort: firstOrt },
		...times,
		difference: compareOutputs(ourOutputs, ortOutputs)
	};
}

declare global {
	interface Window {
		bench: typeof bench;
	}
}

window.bench = bench;
