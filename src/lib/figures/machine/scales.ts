import { quantileOf } from '../../analysis/linear';

/** Shares of the values that have the colours of the ends: a few outliers would leave the rest without colour. */
const ENDS = 0.05;
const BRIGHTEST = 0.005;

/** Values that are looked at to find where a large map's brightest begin. */
const SAMPLED = 4096;

/** From the short to the long, without the outermost. */
export function middleDomain(values: Float32Array): [number, number] {
	const sorted = values.slice().sort();
	return [quantileOf(sorted, ENDS), quantileOf(sorted, 1 - ENDS)];
}

/** The value from which on a pattern is drawn as bright as can be; of a large one, that of every so many cells. */
export function brightest(pattern: Float32Array): number {
	const stride = Math.max(1, Math.floor(pattern.length / SAMPLED));
	// Rows and columns of a square must both be passed through, so that the stride may divide neither.
	const step = stride > 1 && Math.sqrt(pattern.length) % stride === 0 ? stride + 1 : stride;
	// Of the millions of cells of many tokens only these are touched: it is done for each head, while the page waits.
	const some = new Float32Array(Math.ceil(pattern.length / step));
	for (let i = 0; i < some.length; i++) some[i] = pattern[i * step] ?? 0;
	return quantileOf(some.sort(), 1 - BRIGHTEST);
}
