import type { Grid } from '../config';

// Apart from the convolutions, so that whoever only counts pixels does not load tfjs.

/**
 * Where zeros are laid around a map. `symmetric`: the same number on all sides, as PyTorch has it. `one-sided`: as many as
 * the stride needs, and an odd one at the bottom and the right, as TensorFlow's `SAME` has it.
 */
export type Padding = 'symmetric' | 'one-sided';

/** How many zeros are laid above, or to the left of, a map. @param side of the map, in places */
export function zerosBefore(side: number, kernel: number, stride: number, padding: Padding): number {
	if (padding === 'symmetric') return (kernel - 1) / 2;
	return Math.floor(Math.max(0, (Math.ceil(side / stride) - 1) * stride + kernel - side) / 2);
}

/** How many zeros are laid above and to the left of a map of this size. */
export function cornerOf({ rows, columns }: Grid, kernel: number, stride: number, padding: Padding) {
	return { top: zerosBefore(rows, kernel, stride, padding), left: zerosBefore(columns, kernel, stride, padding) };
}
