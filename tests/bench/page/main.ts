import type { BackendName } from '../../../src/lib/engine/backends/names';
import { asViT } from '../../../src/lib/engine/config';
import { start } from '../../gpu/page/start';
import { onnxVit } from './onnx/vit';
import { plainWeights } from './onnx/weights';
import { loadOrt } from './ort';
import { loadOurs, runOurs } from './ours';
import { compareOutputs, type Difference } from './outputs';

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
	const pixels = picture(config.channels, config.imageSize);

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

/** Soft stripes of a few sizes in [-1, 1]: nearer to a photo than noise, on which attention is a matter of rounding. */
function picture(channels: number, [height, width]: readonly [number, number]): Float32Array {
	return Float32Array.from({ length: channels * height * width }, (_, i) => {
		const channel = Math.floor(i / (height * width));
		const row = Math.floor(i / width) % height;
		const column = i % width;
		return (
			0.6 * Math.sin(row / 19 + channel) * Math.cos(column / 31 - channel) + 0.4 * Math.sin((row + 2 * column) / 7)
		);
	});
}

async function timed<T>(run: () => Promise<T>): Promise<[milliseconds: number, result: T]> {
	const began = performance.now();
	const result = await run();
	return [performance.now() - began, result];
}

declare global {
	interface Window {
		bench: typeof bench;
	}
}

window.bench = bench;
