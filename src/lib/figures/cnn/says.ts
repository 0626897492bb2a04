import { sum } from '../../analysis/vectors';
import { CNN } from './field';

/** Whether a block has heads that look nearby and heads that look far. @param even the distance of attention spread evenly */
export function kindsWords(distances: readonly number[], even: number, block: number): string {
	if (distances.length < 2) return '';
	const near = distances.filter((distance) => distance < even / 2).length;
	const far = distances.length - near;
	const both = near > 0 && far > 0 ? 'There are both kinds.' : 'There is only one kind.';
	return (
		`Here: in block ${block + 1}, ${near} of ${distances.length} heads ${near === 1 ? 'looks' : 'look'} nearby (less than half as far as attention ` +
		`spread evenly would), and ${far} ${far === 1 ? 'looks' : 'look'} further. ${both}`
	);
}

/** How many of some weights, largest first, hold half of their sum. */
export function holdHalf(weights: Float32Array): number {
	const half = sum(weights) / 2;
	let held = 0;
	return weights.toSorted((a, b) => b - a).findIndex((weight) => (held += weight) >= half) + 1;
}

/**
 * On how many patches half of what this one attends to lies, and half of what the CNN's unit uses, where that is known.
 * @param row what a patch gives to each patch @param field one share a patch
 */
export function halvesWords(row: Float32Array, field: Float32Array | null): string {
	if (row.length < 2 || sum(row) <= 0) return '';
	const ofCnn = field ? `; half of what the unit of ${CNN} uses lies on ${holdHalf(field)}` : '';
	return `Here: half of what this patch gives to patches goes to ${holdHalf(row)} of ${row.length}${ofCnn}.`;
}
