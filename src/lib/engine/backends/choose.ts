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
		reason: `${name} starts fastest; what else runs here is measured after the first result.`
	};
}

/** The report of a backend that the reader asked for with `?backend=`. */
export function forced(name: BackendName, threads: number): BackendReport {
	return { name, threads, probes: [], reason: `${name} was asked for in the address.` };
}

/** A backend that may run, with a number of threads. */
export type Candidate = Pick<BackendReport, 'name' | 'threads'>;

/** The report after a backend failed or was lost and another took over. */
export function fellBack(
	from: Candidate,
	why: string,
	{ name, threads }: Candidate,
	probes: readonly ProbeResult[]
): BackendReport {
	const reason = `${named(from)} could not go on (${why}), so ${named({ name, threads }, from)} took over.`;
	return { name, threads, probes, reason, tookOverFrom: from.name };
}

/** E.g. `wasm with 2 threads`, and `wasm with 1 thread` where that is told from others. */
function named({ name, threads }: Candidate, besides?: Candidate): string {
	if (threads > 1) return `${name} with ${threads} threads`;
	return name === besides?.name ? `${name} with 1 thread` : name;
}

/** What fails together: WebAssembly's threads, however many, apart from WebAssembly on one. */
export function kindOf({ name, threads }: Candidate): string {
	return threads > 1 ? `${name} with threads` : name;
}

/**
 * What to try after a backend failed: those that were measured, the fastest first, then the simpler ones that were not.
 * @param broken kinds of backends that failed before, and are not tried again
 */
export function after(failed: Candidate, broken: ReadonlySet<string>, probes: readonly ProbeResult[]): Candidate[] {
	const measured: Candidate[] = measuredFirst(probes);
	// Threads that fail leave the same backend with one.
	const simpler: Candidate[] = BACKENDS.slice(BACKENDS.indexOf(failed.name) + (failed.threads > 1 ? 0 : 1))
		.map((name) => ({ name, threads: 1 }))
		.filter((one) => measured.every((candidate) => kindOf(candidate) !== kindOf(one)));
	const gone = new Set([...broken, kindOf(failed)]);
	return [...measured, ...simpler].filter((candidate) => !gone.has(kindOf(candidate)));
}

/**
 * Picks by measured time alone: the fastest backend, unless it does not beat WebAssembly clearly.
 * @param current the backend that runs; where it is wasm and could not be measured, nothing can be said to beat it
 * @returns null to stay where we are, as where there was nothing to measure
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
function describe({ milliseconds, ...candidate }: ProbeResult): string {
	return `${milliseconds?.toFixed(1)} ms on ${named(candidate)}`;
}
