import type { Numbers } from './linear';

/** The share of a head's mass that a mask holds unless a reader asks for another (Caron et al. 2021, figure 4). */
export const SHARE = 0.6;
/** The least and the most that can be asked for. */
export const SHARES = [0.05, 1] as const;

/** Patches that hold a share of what a head gives to patches. */
export interface MassMask {
	/** (patches): 1 for a patch in the mask, 0 for another. */
	readonly mask: Uint8Array;
	/** How many are in it. */
	readonly count: number;
	/** The share of the mass of all patches that they hold, in [0, 1]: just over what was asked for. 0 of no mass. */
	readonly mass: number;
}

/**
 * The smallest set of patches that holds at least a share of a head's mass: the largest weights, one after the other,
 * until they sum to it (Caron et al. 2021, Emerging Properties in Self-Supervised Vision Transformers, arXiv 2104.14294,
 * figure 4). Of equal weights the first in the picture, row by row, is taken first. Sums are in double precision.
 * @param weights one a patch, without those of the tokens before the patches; only their ratios count. What is negative
 * or no number counts as nothing.
 * @param share of the patches' mass; brought into {@link SHARES} where it lies outside
 */
export function massMask(weights: Numbers, share: number = SHARE): MassMask {
	const mask = new Uint8Array(weights.length);
	const falling = Array.from(weights, (weight, patch) => ({ weight: weight > 0 ? weight : 0, patch })).sort(
		(a, b) => b.weight - a.weight || a.patch - b.patch
	);
	// Added in the order in which they are taken, so that all of them sum to all of it to the last bit.
	const all = falling.reduce((sum, { weight }) => sum + weight, 0);
	const enough = all * Math.min(SHARES[1], Math.max(SHARES[0], share));
	let [held, count] = [0, 0];
	for (const { weight, patch } of falling) {
		if (held >= enough) break;
		held += weight;
		mask[patch] = 1;
		count++;
	}
	return { mask, count, mass: all > 0 ? held / all : 0 };
}
