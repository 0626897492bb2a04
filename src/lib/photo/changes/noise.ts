import { uniform } from '../../base/shuffled';
import type { Pixels } from './pixels';

/** Normal noise on every number of the picture, the sum cut to -1 and 1. @param amount its standard deviation */
export function noise(pixels: Pixels, amount: number, seed: number): Pixels {
	const next = normal(uniform(seed));
	return { ...pixels, data: pixels.data.map((x) => Math.max(-1, Math.min(1, x + amount * next()))) };
}

/** Normal numbers of mean 0 and variance 1 from even ones (Box and Muller 1958). @param even in [0, 1) */
export function normal(even: () => number): () => number {
	return () => Math.sqrt(-2 * Math.log(1 - even())) * Math.cos(2 * Math.PI * even());
}
