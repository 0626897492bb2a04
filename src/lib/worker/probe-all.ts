import type { BackendName, ProbeResult } from '../engine/backends/names';
import { Channel } from './channel';
import { impossible } from './possible';

/** A backend that takes longer than this to start, warm up and run one block is no candidate. */
const DEADLINE_MS = 6000;

/** What more threads than this would gain is less than what a busy machine takes away. */
const MAX_THREADS = 8;

/** What is measured, the cheapest to start first. */
function candidates(): [name: BackendName, threads: number][] {
	const threaded = crossOriginIsolated ? threadsToTry(navigator.hardwareConcurrency) : [];
	return [
		['wasm', 1],
		...threaded.map((threads): [BackendName, number] => ['wasm', threads]),
		['webgl', 1],
		['webgpu', 1]
	];
}

/** Half of the cores, as two of them often share one's arithmetic, and all of them. */
export function threadsToTry(cores: number): number[] {
	const counts = [cores >> 1, cores].map((count) => Math.min(count, MAX_THREADS));
	return [...new Set(counts)].filter((count) => count > 1);
}

/**
 * Measures every backend that could run here, one after the other, each in a worker of its own: one that hangs is
 * ended with its worker and disturbs no other. Where only one could run, there is nothing to measure it against.
 * @throws PatchworkError `cancelled` when aborted
 */
export async function probeAll(signal: AbortSignal): Promise<ProbeResult[]> {
	const all = candidates();
	const notes = await Promise.all(all.map(([name]) => impossible(name)));
	const alone = notes.filter((note) => note === null).length === 1;
	const results: ProbeResult[] = [];
	let best = Infinity;
	for (const [i, [name, threads]] of all.entries()) {
		const note = notes[i] ?? (alone ? 'nothing else runs here' : null);
		if (note !== null) {
			results.push({ name, threads, milliseconds: null, note });
			continue;
		}
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
