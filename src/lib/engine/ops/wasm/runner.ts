import type { KernelExports, RangedName } from './module';

/** A kernel's work, which can be cut anywhere between two of its units. */
export interface Job {
	readonly kernel: RangedName;
	/** What the kernel takes before `from`, `to` and its scratch space. */
	readonly args: readonly number[];
	/** How many units there are: panels, rows, stripes, heads or maps, as the kernel says. */
	readonly units: number;
	/** Roughly how many multiplications and additions all of it takes: what is small is not worth a second thread. */
	readonly work: number;
	/** The address of its scratch space, and its size in bytes; see {@link Runner.threads}. */
	readonly scratch?: { readonly address: number; readonly bytes: number };
}

/** Makes what kernels are asked for. What comes out is the same to the last bit, however many threads there are. */
export interface Runner {
	/** Each has a scratch space of its own, one after the other. */
	readonly threads: number;
	readonly gemmScratch: KernelExports['gemmScratch'];
	/** @throws ThreadsFailed where a thread has stopped, after which nothing more can be made */
	run(job: Job): void;
}

/** All on the thread that asks. */
export function oneThread(module: KernelExports): Runner {
	return {
		threads: 1,
		gemmScratch: module.gemmScratch,
		run: ({ kernel, args, units, scratch }) => module[kernel](...args, 0, units, scratch?.address ?? 0)
	};
}
