import { BACKENDS, type BackendName, type BackendReport, type ProbeResult } from './names';

/**
 * A backend must beat WebAssembly by this factor to be worth the move: the weights travel to the GPU, its shaders are
 * compiled, and every map has to come back.
 */
export const WORTH_MOVING = 1.25;

/** What the page says while it runs on WebAssembly and has not measured yet. */
export function startedOn(name: BackendName, threads: number): BackendReport {
	return {
		name,
		threads,
		probes: [],
		reason: `${name} starts fastest; the others are measured after the first result.`
	};
}

/** The report of a backend that the reader asked for with `?backend=`. */
export function forced(name: BackendName, threads: number): BackendReport {
	return { name, threads, probes: [], reason: `${name} was asked for in the address.` };
}

/** The report after a backend failed or was lost and the next one took over. */
export function fellBack(from: BackendName, why: string, to: BackendName, threads: number): BackendReport {
	return { name: to, threads, probes: [], reason: `${from} could not go on (${why}), so ${to} took over.` };
}

/** The backends to try after one that failed, best first. */
export function after(name: BackendName): BackendName[] {
	return BACKENDS.slice(BACKENDS.indexOf(name) + 1);
}

/**
 * Picks by measured time alone: the fastest backend, unless it does not beat WebAssembly clearly.
 * @param probes at least one of them must have run
 */
export function choose(probes: readonly ProbeResult[]): BackendReport {
	const ran = probes.filter((probe) => probe.milliseconds !== null).sort((a, b) => time(a) - time(b));
	const fastest = ran[0];
	if (!fastest) return { name: 'cpu', threads: 1, probes, reason: 'No faster backend could be measured, so cpu runs.' };
	const wasm = ran.find((probe) => probe.name === 'wasm');
	const chosen = wasm && time(wasm) < time(fastest) * WORTH_MOVING ? wasm : fastest;
	const others = ran.filter((probe) => probe !== chosen).map(describe);
	const against = others.length > 0 ? ` against ${others.join(' and ')}` : ', and nothing else runs here';
	return {
		name: chosen.name,
		threads: chosen.threads,
		probes,
		reason: `One encoder block took ${describe(chosen)}${against}.`
	};
}

function time(probe: ProbeResult): number {
	return probe.milliseconds ?? Infinity;
}

/** E.g. `8.1 ms on wasm with 2 threads`. */
function describe({ name, milliseconds, threads }: ProbeResult): string {
	return `${milliseconds?.toFixed(1)} ms on ${name}${threads > 1 ? ` with ${threads} threads` : ''}`;
}
