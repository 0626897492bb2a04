import {
	ACTIVE,
	CONTROL_BYTES,
	controlOf,
	COUNT,
	GENERATION,
	GRAIN,
	HAS_FAILED,
	IS_AWAITED,
	IS_OPEN,
	KERNEL,
	nextOf,
	REGIONS,
	SLEEPING,
	startOf,
	takeParts,
	UNITS,
	type Control,
	type RangedKernel,
	type ThreadStart
} from './job';
import { RANGED, type KernelExports, type StartedKernels } from './module';
import { oneThread, type Job, type Runner } from './runner';
import { ThreadsFailed } from './threads-failed';

/** A thread of a pool, as whoever makes threads hands it over: at work, and waiting for jobs. */
export interface PoolThread {
	end(): void;
}

/** Makes a thread. @returns it, once it waits for jobs */
export type StartThread = (start: ThreadStart) => Promise<PoolThread>;

/** Parts that each thread finds of a job: enough for the sooner to help the later, few enough to cost nothing. */
const PARTS_A_THREAD = 12;
/** Looks for the last thread's end before sleeping. */
const LOOKS = 100_000;

/** What tests set otherwise. */
export interface PoolSettings {
	/** A part has at least so many multiplications and additions, which take some microseconds. */
	readonly leastWork: number;
	/** A part takes milliseconds: a thread that has not ended one after so many waits, each of so long, is gone. */
	readonly waits: number;
	readonly waitMs: number;
	/** Whether the thread that asks takes parts, too; without, what comes out was made by the others. */
	readonly helps: boolean;
}
const USUAL: PoolSettings = { leastWork: 60_000, waits: 100, waitMs: 100, helps: true };

/**
 * A pool of threads that work on one shared memory beside the thread that asks, which takes its own part of each job and
 * waits for the others': none is left behind when `run` comes back. Only for threads that may wait, as workers may.
 */
export class ThreadPool implements Runner {
	readonly threads: number;
	readonly gemmScratch: KernelExports['gemmScratch'];
	/** Resolves with a few words when a thread has stopped in the middle of its work; nothing can be made after that. */
	readonly lost: Promise<string>;
	readonly #control: Control;
	readonly #kernels: readonly RangedKernel[];
	readonly #alone: Runner;
	readonly #others: readonly PoolThread[];
	readonly #settings: PoolSettings;
	#lose: (why: string) => void = () => undefined;
	#why: string | null = null;

	private constructor(
		module: KernelExports,
		control: SharedArrayBuffer,
		others: readonly PoolThread[],
		settings: PoolSettings
	) {
		this.#control = controlOf(control);
		this.#kernels = RANGED.map((name) => module[name]);
		this.#alone = oneThread(module);
		this.#others = others;
		this.#settings = settings;
		this.threads = others.length + 1;
		this.gemmScratch = module.gemmScratch;
		this.lost = new Promise((resolve) => (this.#lose = resolve));
	}

	/**
	 * @param kernels of the thread that asks, in a memory that is shared
	 * @param threads of them all, this one included
	 * @throws whatever a thread says that cannot start; none is left behind
	 */
	static async start(
		{ module, memory, exports }: StartedKernels,
		threads: number,
		startThread: StartThread,
		settings: Partial<PoolSettings> = {}
	): Promise<ThreadPool> {
		const control = new SharedArrayBuffer(CONTROL_BYTES);
		const starts = Array.from({ length: threads - 1 }, (_, i) =>
			startThread({ module, memory, control, kernels: RANGED, thread: i + 1 })
		);
		const settled = await Promise.allSettled(starts);
		const others = settled.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
		const failed = settled.find((start) => start.status === 'rejected');
		if (failed) {
			for (const thread of others) thread.end();
			throw failed.reason;
		}
		return new ThreadPool(exports, control, others, { ...USUAL, ...settings });
	}

	run(job: Job): void {
		if (this.#why !== null) throw new ThreadsFailed(this.#why);
		const parts = Math.min(this.threads * PARTS_A_THREAD, Math.floor(job.work / this.#settings.leastWork), job.units);
		if (parts < 2) return this.#alone.run(job);
		this.#open(job, parts);
		try {
			if (this.#settings.helps) takeParts(this.#control, this.#kernels, 0);
			else this.#leaveParts(job.units);
		} finally {
			this.#close();
		}
	}

	/** As if a thread had stopped in the middle of its work. */
	lose(): void {
		this.#why = 'its threads were lost';
		this.#lose(this.#why);
		this.close();
	}

	/** Ends the threads. Nothing can be made after that. */
	close(): void {
		this.#why ??= 'its threads were ended';
		for (const thread of this.#others) thread.end();
	}

	#open({ kernel, args, units, scratch }: Job, parts: number): void {
		const { states, numbers } = this.#control;
		numbers.set([scratch?.address ?? 0, scratch?.bytes ?? 0, ...args]);
		Atomics.store(states, KERNEL, RANGED.indexOf(kernel));
		Atomics.store(states, COUNT, args.length);
		Atomics.store(states, UNITS, units);
		Atomics.store(states, GRAIN, Math.ceil(units / parts));
		Atomics.store(states, REGIONS, this.threads);
		for (let region = 0; region < this.threads; region++)
			Atomics.store(states, nextOf(region), startOf(region, this.threads, units));
		Atomics.store(states, IS_OPEN, 1);
		Atomics.add(states, GENERATION, 1);
		if (Atomics.load(states, SLEEPING) > 0) Atomics.notify(states, GENERATION);
	}

	#leaveParts(units: number): void {
		const { states } = this.#control;
		const regions = Array.from({ length: this.threads }, (_, region) => region);
		const isLeft = () =>
			regions.some((region) => Atomics.load(states, nextOf(region)) < startOf(region + 1, this.threads, units));
		// Nobody tells of a part that was taken, so this is a short sleep.
		for (let look = 0; look < this.#settings.waits && isLeft(); look++)
			Atomics.wait(states, KERNEL, Atomics.load(states, KERNEL), this.#settings.waitMs);
	}

	/** Lets no other thread in, and waits for those that are at work. @throws ThreadsFailed where one has stopped */
	#close(): void {
		const { states } = this.#control;
		Atomics.store(states, IS_OPEN, 0);
		for (let look = 0; look < LOOKS && Atomics.load(states, ACTIVE) > 0; look++);
		if (Atomics.load(states, ACTIVE) > 0) this.#sleepUntilDone();
		if (Atomics.load(states, HAS_FAILED) === 1) this.#fail('one of its threads failed');
	}

	#sleepUntilDone(): void {
		const { states } = this.#control;
		Atomics.store(states, IS_AWAITED, 1);
		// Short waits, and many: one that the machine has slept through is over at once, and says nothing of the thread.
		for (let look = 0; look < this.#settings.waits; look++) {
			const active = Atomics.load(states, ACTIVE);
			if (active === 0) {
				Atomics.store(states, IS_AWAITED, 0);
				return;
			}
			Atomics.wait(states, ACTIVE, active, this.#settings.waitMs);
		}
		this.#fail('one of its threads stopped');
	}

	#fail(why: string): never {
		this.#why = why;
		this.#lose(why);
		this.close();
		throw new ThreadsFailed(why);
	}
}
