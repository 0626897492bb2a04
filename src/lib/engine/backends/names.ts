/** From the fastest hardware to the one that always works. */
export const BACKENDS = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** What the probe found out about one backend. */
export interface ProbeResult {
	readonly name: BackendName;
	/** Threads that it ran on; 1 for all but wasm. */
	readonly threads: number;
	/** Median milliseconds of the probe's work; null if it did not run. */
	readonly milliseconds: number | null;
	/** Why it did not run, in a few words; empty if it did. */
	readonly note: string;
}

/** What was chosen, and why: made to be shown. */
export interface BackendReport {
	readonly name: BackendName;
	/** One sentence, e.g. 'One encoder block took 8.0 ms on wasm against 74.0 ms on webgl.' */
	readonly reason: string;
	readonly probes: readonly ProbeResult[];
	/** The backend that failed or was lost, where this one had to take over. */
	readonly tookOverFrom?: BackendName;
	/** Threads that wasm runs on; 1 elsewhere. */
	readonly threads: number;
	/** Whether the worker that it ran in broke down, and it was started again in another. */
	readonly restarted?: boolean;
}
