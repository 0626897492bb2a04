import { CLS, type Grid } from '../../marks/tokens';

/** One colour channel of RGBA pixels, row-major, in 0..255. */
export function channelOf(data: Uint8ClampedArray, channel: 0 | 1 | 2): Float32Array {
	return Float32Array.from({ length: data.length / 4 }, (_, i) => data[4 * i + channel] ?? 0);
}

/**
 * Some patches that lie side by side in the middle of the photo, where something is to be seen; all of a row that has no
 * more.
 * @returns their tokens, where CLS alone stands before the patches
 */
export function middlePatches({ rows, columns }: Grid, some: number): number[] {
	const left = Math.max(0, Math.floor((columns - some) / 2));
	const first = CLS + 1 + Math.floor(rows / 2) * columns + left;
	return Array.from({ length: Math.min(some, columns) }, (_, i) => first + i);
}
