import { columnOf, patchPart, rowOf } from '../../analysis/attention';
import type { Direction } from '../../run/url';
import type { Line, Whole } from '../model-view';

/** The line of a token in a head that attends to all of the sequence. */
export function lineOf({ attention, head }: Whole, token: number, direction: Direction): Line {
	const { prefix, rows, columns } = attention;
	const weights = direction === 'from' ? rowOf(attention, head, token) : columnOf(attention, head, token);
	const before = weights.subarray(0, prefix).reduce((sum, weight) => sum + weight, 0);
	return { values: patchPart(weights, prefix), rows, columns, before };
}
