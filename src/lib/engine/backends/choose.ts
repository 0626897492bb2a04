import { BACKENDS, type BackendName, type BackendReport, type ProbeResult } from './names';

/**
 * A backend must beat WebAssembly by this factor to be worth the move: the weights travel to the GPU, its shaders are
 * compiled, and every map has to come back.
 */
const WORTH_MOVING = 1.25;

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

/** A backend that may run, with a number of threads. */
type Candidate = Pick<BackendReport, 'name' | 'threads'>;

/** The report after a backend failed or was lost and another took over. */
export function fellBack(
	from: BackendName,
	why: string,
	{ name, threads }: Candidate,
	probes: readonly ProbeResult[]
): BackendReport {
	const reason = `${from} could not go on (${why}), so ${name} took over.`;
	return { name, threads, probes, reason, tookOverFrom: from };
}

/**
 * What to try after a backend failed: those that were measured, the fastest first, then the simpler ones that were not.
 * @param broken backends that failed before, and are not tried again
 */
export function after(
	failed: BackendName,
	broken: ReadonlySet<BackendName>,
	probes: readonly ProbeResult[]
): Candidate[] {
	const measured: Candidate[] = measuredFirst(probes);
	const simpler: Candidate[] = BACKENDS.slice(BACKENDS.indexOf(failed) + 1)
		.filter((name) => measured.every((candidate) => candidate.name !== name))
		.map((name) => ({ name, threads: 1 }));
	return [...measured, ...simpler].filter(({ name }) => name !== failed && !broken.has(name));
}

/**
 * Picks by measured time alone: the fastest backend, unless it does not beat WebAssembly clearly.
 * @param current the backend that runs; where it is wasm and could not be measured, nothing can be said to beat it
 * @returns null to stay where we are
 */
export function choose(probes: readonly ProbeResult[], current: BackendName): BackendReport | null {
	const ran = measuredFirst(probes);
	const fastest = ran[0];
	const wasm = ran.find((probe) => probe.name === 'wasm');
	if (!fastest || (current === 'wasm' && !wasm)) return null;
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

/** The probes that ran, the fastest first. */
function measuredFirst(probes: readonly ProbeResult[]): ProbeResult[] {
	return probes.filter((probe) => probe.milliseconds !== null).sort((a, b) => time(a) - time(b));
}

function time(probe: ProbeResult): number {
	return probe.milliseconds ?? Infinity;
}

/** E.g. `8.1 ms on wasm with 2 threads`. */
function describe({ name, milliseconds, threads }: ProbeResult): string {
	return `${milliseconds?.toFixed(1)} ms on ${name}${threads > 1 ? ` with ${threads} threads` : ''}`;
}
