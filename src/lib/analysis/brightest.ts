import type { Grid } from '../engine/config';
import { meanOverHeads, patchPart, rowOf, type Attention } from './attention';

/** What the first token attends to, the mean over the heads: one share a patch. A view, not a copy. */
export function fromFirst(attention: Attention): Float32Array {
	const mean = meanOverHeads(attention);
	return patchPart(rowOf(mean, 0, 0), mean.prefix);
}

/** The first of the largest. */
export function brightest(weights: Float32Array): number {
	return weights.indexOf(weights.reduce((most, weight) => Math.max(most, weight), -Infinity));
}

/** Whether a patch's centre lies in the middle half of the rows and of the columns, the first edge included. */
export function inMiddle(patch: number, { rows, columns }: Grid): boolean {
	const isMiddle = (place: number, count: number) => place + 0.5 >= count / 4 && place + 0.5 < (3 * count) / 4;
	return isMiddle(Math.floor(patch / columns), rows) && isMiddle(patch % columns, columns);
}
