import type { Grid } from '../../marks/tokens';
import { wrapped } from './turn';

/** Down and to the right, in patches. */
export type Offset = readonly [down: number, right: number];

/** How much further keys are turned than queries, over all pairs of patches that stand equally far apart. */
export interface TurnsApart {
	/** How many such pairs there are. */
	readonly pairs: number;
	/** In radians, the nearest two of all, that of the first pair in (-pi, pi]. */
	readonly least: number;
	readonly most: number;
}

/**
 * @param queries the angle by which each patch's query was turned, in radians; NaN for one without length, whose turn
 * nobody can see, and which is left out
 * @param keys the same of the keys
 */
export function turnsApart(
	queries: ArrayLike<number>,
	keys: ArrayLike<number>,
	grid: Grid,
	[down, right]: Offset
): TurnsApart {
	const apart: number[] = [];
	for (let patch = 0; patch < grid.rows * grid.columns; patch++) {
		const [row, column] = [Math.floor(patch / grid.columns) + down, (patch % grid.columns) + right];
		if (row < 0 || row >= grid.rows || column < 0 || column >= grid.columns) continue;
		const turn = (keys[row * grid.columns + column] ?? NaN) - (queries[patch] ?? NaN);
		if (!Number.isNaN(turn)) apart.push(turn);
	}
	const first = wrapped(apart[0] ?? 0);
	const around = apart.map((turn) => first + wrapped(turn - first));
	return { pairs: apart.length, least: Math.min(first, ...around), most: Math.max(first, ...around) };
}

/** An offset in words: `2 columns to the right`, `1 row down and 3 columns to the left`, `at the same place`. */
export function offsetWords([down, right]: Offset): string {
	const some = (n: number, one: string, ways: readonly [string, string]) =>
		n === 0 ? [] : [`${Math.abs(n)} ${one}${Math.abs(n) === 1 ? '' : 's'} ${ways[n > 0 ? 0 : 1]}`];
	const parts = [...some(down, 'row', ['down', 'up']), ...some(right, 'column', ['to the right', 'to the left'])];
	return parts.join(' and ') || 'at the same place';
}
