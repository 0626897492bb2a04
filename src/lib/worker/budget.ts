import type { Device } from '../models/limits';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** What is assumed of a device whose browser does not say how much memory it has. */
const ASSUMED = 4 * GIB;

/** Bytes that what runs keep may take. */
export interface RunBudget {
	/** All remembered runs together. */
	readonly all: number;
	/** One of them: what it lets go of beyond that is computed again when it is read. */
	readonly one: number;
}

/** What is shown, what it is compared with and one that is being made have room; and one more. */
export function sharedOut(all: number): RunBudget {
	return { all, one: all / 4 };
}

/**
 * How much of a device runs may keep: a sixteenth of its memory, but no more than 512 MiB, which beside the parameters is far
 * below the 4 GiB that end WebAssembly's memory. Of 8 GB that is 128 MiB a run, which ViT-Small keeps whole at 224 x 224
 * (85 MB) and ViT-Base does not (178 MB); of a phone's 2 GB it is 32 MiB, for which ViT-Tiny (42 MB) is too large, too.
 */
export function runBudget({ deviceMemory }: Device = here()): RunBudget {
	return sharedOut(Math.min(512 * MIB, (deviceMemory === undefined ? ASSUMED : deviceMemory * GIB) / 16));
}

const here = (): Device => (typeof navigator === 'undefined' ? {} : navigator);
