import type { BackendName, ProbeResult } from '../engine/backends/names';
import { probe } from '../engine/backends/probe';

/** Fewer cores than this, and tfjs's threads (half of the cores) would be one. */
const MIN_CORES = 4;

/** tfjs asks for no more threads than this either. */
const MAX_THREADS = 8;

/** What is measured, the cheapest to start first. */
function candidates(): [BackendName, threads: number][] {
	const cores = navigator.hardwareConcurrency;
	const threaded = globalThis.crossOriginIsolated && cores >= MIN_CORES;
	const wasm: [BackendName, number][] = threaded
		? [
				['wasm', 1],
				['wasm', Math.min(cores >> 1, MAX_THREADS)]
			]
		: [['wasm', 1]];
	return [...wasm, ['webgl', 1], ['webgpu', 1]];
}

/** Measures every candidate, one after the other, and answers with what it found. Away from the engine's own worker. */
async function run(): Promise<void> {
	const results: ProbeResult[] = [];
	for (const [name, threads] of candidates()) results.push(await probe(name, threads));
	self.postMessage(results);
}

void run();
