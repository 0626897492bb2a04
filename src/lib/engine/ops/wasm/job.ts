/*
 * How the threads of a pool agree on who makes what. All of it lies in one small piece of shared memory beside the
 * kernels' own: a job's kernel and its arguments, the next units that nobody has taken, and who is at work. A thread that
 * comes late finds nothing left and costs nobody anything; whoever is done sooner takes more.
 *
 * The units of a job lie in as many regions as there are threads, and each thread begins in its own. Neighbouring units
 * write into the same lines of the cache (eight columns of a row are half of one), and two threads that made them at the
 * same time would wait for each other at every row.
 *
 * This file is what a thread runs, so it imports nothing.
 */

/** A kernel that makes the units from `from` to before `to`: its own arguments first, then those and its scratch space. */
export type RangedKernel = (...args: number[]) => void;

/** Places in the control block, far enough apart for no two to share a line of the cache. */
const LINE = 16;
export const [GENERATION, IS_OPEN, ACTIVE, SLEEPING, IS_AWAITED, HAS_FAILED] = [0, 1, 2, 3, 4, 5].map(
	(place) => place * LINE
) as [number, number, number, number, number, number];
/** What does not change while a job is open, in one line. */
const JOB = 6 * LINE;
export const [KERNEL, UNITS, GRAIN, COUNT, REGIONS] = [JOB, JOB + 1, JOB + 2, JOB + 3, JOB + 4];
/** More threads than this gain nothing: what they share is then done before they are awake. */
export const MOST_THREADS = 16;
/** The next unit of a region. */
export const nextOf = (region: number): number => (7 + region) * LINE;

const STATES = nextOf(MOST_THREADS);
const MOST_ARGUMENTS = 16;
/** Where the arguments begin, among float64s: the scratch space, how far apart those of two threads are, and the kernel's. */
export const ARGUMENTS = 2;

/** Two views of the same bytes. */
export interface Control {
	readonly states: Int32Array;
	readonly numbers: Float64Array;
}

export const CONTROL_BYTES = STATES * Int32Array.BYTES_PER_ELEMENT + (ARGUMENTS + MOST_ARGUMENTS) * 8;

export function controlOf(memory: SharedArrayBuffer): Control {
	const states = new Int32Array(memory, 0, STATES);
	return { states, numbers: new Float64Array(memory, STATES * Int32Array.BYTES_PER_ELEMENT) };
}

/**
 * Takes parts of the open job and makes them until none is left.
 * @param kernels in the order that jobs number them by
 * @param thread from 0, which says whose scratch space is used
 */
export function takeParts({ states, numbers }: Control, kernels: readonly RangedKernel[], thread: number): void {
	const [kernel, regions] = [kernels[read(states, KERNEL)], read(states, REGIONS)];
	const [units, grain] = [read(states, UNITS), read(states, GRAIN)];
	const args = Array.from(numbers.subarray(ARGUMENTS, ARGUMENTS + read(states, COUNT)));
	const scratch = (numbers[0] ?? 0) + thread * (numbers[1] ?? 0);
	for (let i = 0; i < regions; i++) {
		const region = (thread + i) % regions;
		const end = startOf(region + 1, regions, units);
		for (;;) {
			const from = Atomics.add(states, nextOf(region), grain);
			if (from >= end) break;
			kernel?.(...args, from, Math.min(from + grain, end), scratch);
		}
	}
}

/** Where a region's units begin; after the last one, where they all end. */
export const startOf = (region: number, regions: number, units: number): number =>
	Math.floor((region * units) / regions);

const read = (states: Int32Array, place: number): number => Atomics.load(states, place);

/**
 * Looks that a thread makes for the next job before it lies down to sleep: about half a millisecond. Between two jobs of a
 * run the thread that asks takes up to as long for what stays with it, and waking a sleeper takes longer than looking on.
 */
const LOOKS = 100_000;

/** What a thread of a pool does from its start until it is ended from outside. */
function serveJobs(control: Control, kernels: readonly RangedKernel[], thread: number): never {
	const { states } = control;
	for (let seen = 0; ;) {
		seen = nextGeneration(states, seen);
		Atomics.add(states, ACTIVE, 1);
		try {
			// Whoever is counted in before this look is waited for, so the job cannot change below its hands.
			if (Atomics.load(states, IS_OPEN) === 1) takeParts(control, kernels, thread);
		} catch {
			Atomics.store(states, HAS_FAILED, 1);
		}
		Atomics.sub(states, ACTIVE, 1);
		if (Atomics.load(states, IS_AWAITED) === 1) Atomics.notify(states, ACTIVE);
	}
}

/** Waits for another generation than the one that was seen, awake at first and then asleep. */
function nextGeneration(states: Int32Array, seen: number): number {
	for (let look = 0; look < LOOKS; look++) {
		const generation = Atomics.load(states, GENERATION);
		if (generation !== seen) return generation;
	}
	Atomics.add(states, SLEEPING, 1);
	Atomics.wait(states, GENERATION, seen);
	Atomics.sub(states, SLEEPING, 1);
	return Atomics.load(states, GENERATION);
}

/** What a thread is told at its start. */
export interface ThreadStart {
	readonly module: WebAssembly.Module;
	readonly memory: WebAssembly.Memory;
	readonly control: SharedArrayBuffer;
	/** Names of the kernels, in the order that jobs number them by. */
	readonly kernels: readonly string[];
	/** From 1; the thread that asks is 0. */
	readonly thread: number;
}

/** Starts the kernels in the memory of all threads, says so, and is a thread of the pool from then on. */
export async function beThread(start: ThreadStart, ready: () => void): Promise<never> {
	const { module, memory, control, kernels, thread } = start;
	const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
	ready();
	return serveJobs(
		controlOf(control),
		kernels.map((name) => exports[name] as RangedKernel),
		thread
	);
}
