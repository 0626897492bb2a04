import type { KernelBackend, KernelConfig } from '@tensorflow/tfjs-core';

/** A backend that was just made: what tfjs needs to run on it, and how it ends. */
export interface CreatedBackend {
	readonly backend: KernelBackend;
	/** tfjs's kernels for the plain path. */
	readonly kernels: readonly KernelConfig[];
	/** Registers our own kernels, once the backend is the current one. */
	readonly registerOwnKernels?: () => void | Promise<void>;
	readonly threads?: number;
	/** Resolves with a few words when the GPU is lost; never otherwise. */
	readonly lost?: Promise<string>;
	/** Loses the GPU as a driver crash would; for tests. */
	readonly lose?: () => void;
}
