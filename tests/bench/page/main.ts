import type { BackendName } from '../../../src/lib/engine/backends/names';
import { openInWorker } from './in-worker';
import { openEngines, type Engines } from './measure';
import type { Difference } from './outputs';

export interface BenchRequest {
	/** Address of the checkpoint folder, ending in a slash. */
	readonly model: string;
	readonly backend: BackendName;
	readonly threads: number;
	/** Whether transformers.js is served beside the page, and runs as the third. */
	readonly transformers: boolean;
	readonly runs: number;
	/** No further turn begins after this, but three are always made. */
	readonly deadlineMs: number;
}

/** Milliseconds throughout; what has the same place in each list ran one after the other. */
export interface BenchResult {
	readonly threads: number;
	/** What onnxruntime ran on. */
	readonly provider: string;
	readonly note: string;
	/** The first run, with shaders compiled and weights uploaded. */
	readonly first: { readonly ours: number; readonly ort: number; readonly transformers?: number };
	readonly ours: readonly number[];
	readonly ort: readonly number[];
	/** Empty where it was left out. */
	readonly transformers: readonly number[];
	/** Ours on one thread; empty where that is all there is. */
	readonly alone: readonly number[];
	/** Which share of our runs on one thread passes in kernels that threads share; empty where no threads were asked for. */
	readonly inKernels: readonly number[];
	readonly difference: Difference;
}

const FEWEST_RUNS = 3;
/** Between two runs, so that the threads of the one before have gone to sleep. */
const PAUSE_MS = 60;
const SHARES = 5;

const ORT = new URL('ort/', document.baseURI).href;
const TRANSFORMERS = {
	build: new URL('transformers/', document.baseURI).href,
	ort: new URL('transformers-ort/', document.baseURI).href
};

/** Runs both engines in turn on the same weights and input, and ours on one thread beside them where several run. */
async function bench({ runs, deadlineMs, transformers, ...asked }: BenchRequest): Promise<BenchResult> {
	const open = asked.backend === 'wasm' ? openInWorker : openEngines;
	const both = await open({ ...asked, ort: ORT, transformers: transformers ? TRANSFORMERS : null });
	const others = { ort: null, transformers: null };
	const alone = asked.threads > 1 ? await openInWorker({ ...asked, ...others, threads: 1 }) : null;
	const first = {
		ours: await both.ours(),
		ort: await both.ort(),
		...(transformers && { transformers: await both.transformers() })
	};
	const difference = await both.difference();
	await alone?.ours();
	const times = { ours: [] as number[], ort: [] as number[], transformers: [] as number[], alone: [] as number[] };
	const turn = {
		ours: both.ours,
		ort: both.ort,
		...(transformers && { transformers: both.transformers }),
		...(alone && { alone: alone.ours })
	};
	const began = performance.now();
	for (let i = 0; i < runs && (i < FEWEST_RUNS || performance.now() - began < deadlineMs); i++) {
		// Each goes first in its turn, so that none always finds the caches another has left.
		for (const engine of rotated(Object.keys(turn) as (keyof typeof turn)[], i)) {
			await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
			times[engine].push((await turn[engine]?.()) ?? NaN);
		}
	}
	return { ...(await both.about()), first, ...times, inKernels: await sharesOf(alone), difference };
}

async function sharesOf(alone: Engines | null): Promise<number[]> {
	const shares: number[] = [];
	for (let i = 0; alone && i < SHARES; i++) shares.push(await alone.shareInKernels());
	return shares;
}

function rotated<T>(all: readonly T[], by: number): T[] {
	const at = by % all.length;
	return [...all.slice(at), ...all.slice(0, at)];
}

declare global {
	interface Window {
		bench: typeof bench;
	}
}

window.bench = bench;
