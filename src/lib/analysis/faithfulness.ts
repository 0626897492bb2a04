import type { Edit } from '../engine/edits/edit';
import { ranked } from './vectors';

/*
 * Whether a map says what counts (Petsiuk et al. 2018, RISE, arXiv 1806.07421, section 4.2): patches are taken out of the
 * sequence in the order of the map, the highest first, and the class should fall fast; or put in, and it should rise.
 */

/** Which way the curve is run. */
export type Direction = 'deletion' | 'insertion';

/** The patches of a map, highest first, of equal ones the first. */
export const orderOf = (map: ArrayLike<number>): number[] => ranked(map);

/**
 * The patches that are left at each step. Deletion takes the first 0, 1, ... `steps - 1` of `steps` parts of the order
 * away; insertion has the first 1, 2, ... `steps` of them. At least one patch is left at each.
 * @param order every patch once, counted from 0
 * @returns `steps` lists, each in the order of the grid
 */
export function patchesLeft(order: readonly number[], direction: Direction, steps = 10): number[][] {
	const part = (i: number) => Math.round((order.length * i) / steps);
	return Array.from({ length: steps }, (_, i) => {
		const left =
			direction === 'deletion'
				? order.slice(Math.min(part(i), order.length - 1))
				: order.slice(0, Math.max(part(i + 1), 1));
		return left.toSorted((a, b) => a - b);
	});
}

/** The edit that takes all other patches out of the sequence, after their positions were added. @param prefix tokens before the patches */
export function keepPatches(patches: readonly number[], prefix: number): Edit {
	const before = Array.from({ length: prefix }, (_, i) => i);
	return { tap: 'embeddings', do: 'keep', tokens: [...before, ...patches.map((patch) => prefix + patch)] };
}

/** The area under a curve whose points lie equally far apart, by trapezoids, as a part of its width: a mean. */
export function areaUnder(curve: ArrayLike<number>): number {
	let sum = 0;
	for (let i = 1; i < curve.length; i++) sum += ((curve[i - 1] ?? NaN) + (curve[i] ?? NaN)) / 2;
	return curve.length > 1 ? sum / (curve.length - 1) : (curve[0] ?? NaN);
}
