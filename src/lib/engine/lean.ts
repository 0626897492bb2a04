import { keepOrRemake, type KeepPolicy } from './keep';
import type { TapSpec } from './tap';

/*
 * What a run keeps where memory is short. A step can be carried out again from what it read, so of a block nothing has to
 * stay but what it handed on; everything else comes back within one block's time.
 */

/** The block that makes a tap, by what the names of its taps begin with: `stages.1.blocks.0`. Null for what no block makes. */
export function blockOf(tap: string): string | null {
	return /^((?:.*\.)?blocks\.\d+)\./.exec(tap)?.[1] ?? null;
}

/** The bytes of a tap. */
export function bytesOf({ shape }: Pick<TapSpec, 'shape'>): number {
	return 4 * shape.reduce((product, side) => product * side, 1);
}

const sum = (specs: readonly TapSpec[]) => specs.reduce((bytes, spec) => bytes + bytesOf(spec), 0);

/** How many bytes a run may keep. */
export interface Bounds {
	/** Of everything: a run that takes more keeps less. */
	readonly all: number;
	/**
	 * Of what blocks hand on and their patterns, which may be more: the patterns of all blocks are drawn at once, so to compute
	 * them again is to run twice.
	 */
	readonly patterns: number;
}

/** What may stay, from the most to the least, each with what bounds it: the first that fits is taken. */
const LEVELS: readonly { readonly bound: (bounds: Bounds) => number; readonly stays: (tap: string) => boolean }[] = [
	{ bound: ({ all }) => all, stays: () => true },
	{ bound: ({ patterns }) => patterns, stays: (tap) => isHandedOn(tap) || tap.endsWith('.attn.pattern') },
	{ bound: () => Infinity, stays: isHandedOn }
];

/** Whether a tap is what a block hands on, or none of a block's. */
function isHandedOn(tap: string): boolean {
	const block = blockOf(tap);
	return block === null || tap === `${block}.out`;
}

/** The taps that stay. */
function staying(specs: readonly TapSpec[], bounds: Bounds): readonly TapSpec[] {
	const kept = LEVELS.map(({ bound, stays }) => ({
		most: bound(bounds),
		some: specs.filter(({ name }) => stays(name))
	}));
	return kept.find(({ most, some }) => sum(some) <= most)?.some ?? [];
}

/**
 * Keeps all taps where they fit; else what blocks hand on and, where they fit, all patterns. The others are computed again
 * when they are asked for.
 * @param specs the taps of the model
 */
export function keepWithin(bounds: Bounds, specs: readonly TapSpec[]): KeepPolicy {
	const kept = new Set(staying(specs, bounds).map(({ name }) => name));
	return keepOrRemake((tap) => kept.has(tap));
}

/** What a run keeps, in bytes. */
export function bytesKept(specs: readonly TapSpec[], bounds: Bounds): number {
	return sum(staying(specs, bounds));
}

/**
 * The least that a run and a look at any one of its blocks take, in bytes: what blocks hand on, and all that the largest
 * block makes.
 */
export function leastBytes(specs: readonly TapSpec[]): number {
	const blocks = new Map<string, number>();
	for (const spec of specs) {
		const block = blockOf(spec.name);
		if (block !== null) blocks.set(block, (blocks.get(block) ?? 0) + bytesOf(spec));
	}
	return bytesKept(specs, { all: 0, patterns: 0 }) + Math.max(0, ...blocks.values());
}
