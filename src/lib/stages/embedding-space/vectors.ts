import type { TapData } from '../../engine/taps';

/** The taps that one run of a photo gives both of its vectors by. */
export const TAPS = ['norm', 'pixel_values'] as const;

/** The row of the CLS token, from the tap `norm` (1, n, d). A copy, so that the rest can be let go. */
export function clsRow({ data, shape }: TapData): Float32Array {
	return data.slice(0, shape[2] ?? 0);
}
