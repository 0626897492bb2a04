import type { BackendName, ProbeResult } from '../engine/backends/names';
import { Channel } from './channel';

/** A backend that takes longer than this to start, warm up and run one block is no candidate. */
const DEADLINE_MS = 6000;

/** With fewer cores, tfjs's threads (half of the cores) would be one. */
const MIN_CORES = 4;
const MAX_THREADS = 8;

/** What is measured, the cheapest to start first. */
function candidates(): [name: BackendName, threads: number][] {
	const cores = navigator.hardwareConcurrency;
	const several = Math.min(cores >> 1, MAX_THREADS);
	const threaded: [BackendName, number][] = crossOriginIsolated && cores >= MIN_CORES ? [['wasm', several]] : [];
	return [['wasm', 1], ...threaded, ['webgl', 1], ['webgpu', 1]];
}

/**
 * Measures every backend that could run here, one after the other, each in a worker of its own: one that hangs is
 * ended with its worker and disturbs no other.
 * @throws PatchworkError `cancelled` when aborted
 */
export async function probeAll(signal: AbortSignal): Promise<ProbeResult[]> {
	const results: ProbeResult[] = [];
	let best = Infinity;
	for (const [name, threads] of candidates()) {
		const result = await probeOne(name, threads, best, signal);
		best = Math.min(best, result.milliseconds ?? Infinity);
		results.push(result);
	}
	return results;
}

async function probeOne(name: BackendName, threads: number, best: number, signal: AbortSignal): Promise<ProbeResult> {
	const channel = new Channel(`patchwork-probe-${name}`);
	const deadline = AbortSignal.timeout(DEADLINE_MS);
	try {
		return await channel.ask('probe', { name, threads, best }, { signal: AbortSignal.any([signal, deadline]) });
	} catch (error) {
		if (signal.aborted) throw error;
		const late = `did not answer within ${DEADLINE_MS / 1000} s`;
		const note = error instanceof Error ? error.message : String(error);
		return { name, threads, milliseconds: null, note: deadline.aborted ? late : note };
	} finally {
		channel.close();
	}
}
