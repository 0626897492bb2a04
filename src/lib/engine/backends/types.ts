import type { KernelBackend, KernelConfig } from '@tensorflow/tfjs-core';

/** Threads beside the one that runs the model. */
export interface Threads {
	/** Of them all, that one included. */
	readonly threads: number;
	/** Resolves with a few words when one has stopped in the middle of its work. */
	readonly lost: Promise<string>;
	/** Stops them in the middle of their work; for tests. */
	lose(): void;
	/** Ends them. */
	close(): void;
}

/** A backend that was just made: what tfjs needs to run on it, and how it ends. */
export interface CreatedBackend {
	readonly backend: KernelBackend;
	/** tfjs's kernels for the plain path. */
	readonly kernels: readonly KernelConfig[];
	/** Registers our own kernels, once the backend is the current one. */
	readonly registerOwnKernels?: () => void | Promise<void>;
	/** The same where they run on several threads. */
	readonly startThreads?: () => Promise<Threads>;
	/** Resolves with a few words when the GPU is lost; never otherwise. */
	readonly lost?: Promise<string>;
	/** Loses the GPU as a driver crash would; for tests. */
	readonly lose?: () => void;
}
