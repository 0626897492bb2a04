import type { Bounds } from '../engine/lean';
import { memoryBound, type Device } from '../models/limits';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** What is assumed of a device whose browser does not say how much memory it has. */
const ASSUMED = 4 * GIB;

/**
 * Bytes that all remembered runs may hold together, on any device: what is shown, what it is compared with and one that is
 * being made have room, beside the parameters (330 MB of ViT-Base) and far below the 4 GiB that end WebAssembly's memory.
 */
const ALL = 512 * MIB;

/**
 * Bytes of what blocks hand on and all patterns of a run, up to which they stay: every size of input at which a run could
 * ever keep all of its intermediates, in 2 GiB, has less than half of them in its patterns. So no photo that could be run is
 * run twice to be drawn.
 */
const PATTERNS = GIB;

/** Bytes that what runs keep may take. */
export interface RunBudget {
	/** All remembered runs together. */
	readonly all: number;
	/** One of them: what it lets go of beyond that is computed again when it is read. */
	readonly one: Bounds;
}

/** Shared out among what is shown, what it is compared with, one that is being made, and one more. */
export function sharedOut(all: number): RunBudget {
	return { all, one: { all: all / 4, patterns: all / 4 } };
}

/**
 * How much of a device runs may keep. One keeps everything in a thirty-second of its memory, but no more than 128 MiB: that
 * is enough for ViT-Small at 224 x 224 (85 MB) and not for ViT-Base (178 MB); of a phone's 2 GB it is 64 MiB, enough for
 * ViT-Tiny (42 MB).
 */
export function runBudget({ deviceMemory }: Device = here()): RunBudget {
	const device = deviceMemory === undefined ? ASSUMED : deviceMemory * GIB;
	return { all: ALL, one: { all: Math.min(ALL / 4, device / 32), patterns: PATTERNS } };
}

/**
 * Bytes that the page may have of one run to draw: half of what weights may take, for a run stays shown until the next has
 * been read.
 */
export function drawnBound(device: Device = here()): number {
	return memoryBound(device) / 2;
}

const here = (): Device => (typeof navigator === 'undefined' ? {} : navigator);
