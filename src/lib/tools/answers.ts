import type { Scores as Kind } from '../engine/scores';
import { className } from '../models/labels';
import type { Scores } from './after.svelte';

/** A class with what the model gives it before and after a change. */
export interface ChangedClass {
	/** From 0. */
	readonly index: number;
	readonly label: string;
	readonly before: number;
	readonly after: number;
}

/**
 * The classes that come first before or after, likeliest before first; of plain numbers the first in the model's order.
 * @param names one an output @param count how many come first
 */
export function changedClasses(
	{ before, after }: Scores,
	kind: Kind,
	names: readonly string[],
	count = 5
): ChangedClass[] {
	const first =
		kind === 'number'
			? Array.from(before.keys()).slice(0, count)
			: [...new Set([...largest(before, count), ...largest(after, count)])];
	const rows = first.map((index) => ({
		index,
		label: className(names, index),
		before: before[index] ?? NaN,
		after: after[index] ?? NaN
	}));
	return kind === 'number' ? rows : rows.sort((a, b) => b.before - a.before || b.after - a.after);
}

/** Places of the largest values, largest first and of equal ones the first. */
function largest(values: Float32Array, count: number): number[] {
	return Array.from(values.keys())
		.sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b)
		.slice(0, count);
}
