import { uniform } from '../../../base/shuffled';

/** Numbers that depend on a seed alone, as pictures and trainings need them. */
export interface Chance {
	/** In [0, 1). */
	next(): number;
	/** In [from, to). */
	between(from: number, to: number): number;
	/** A whole number from 0 to `count` - 1. */
	below(count: number): number;
	/** From a normal distribution of mean 0 and deviation 1 (Box and Muller 1958). */
	normal(): number;
}

/** @param parts whole numbers that say what chance is for: a seed, a task, a picture's number */
export function chanceOf(...parts: readonly number[]): Chance {
	const next = uniform(mixed(parts));
	const between = (from: number, to: number) => from + (to - from) * next();
	return {
		next,
		between,
		below: (count) => Math.floor(next() * count),
		normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
	};
}

/** One seed of several, so that neighbours have nothing in common: the finaliser of MurmurHash3 after each part. */
function mixed(parts: readonly number[]): number {
	return parts.reduce((hash, part) => {
		let h = Math.imul(hash ^ (part | 0), 0x85ebca6b) + 0x9e3779b9;
		h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
		h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
		return (h ^ (h >>> 16)) | 0;
	}, 0x2545f491);
}
