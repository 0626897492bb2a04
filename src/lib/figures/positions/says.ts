import type { Grid } from '../../marks/tokens';
import { count, weightPercent } from '../../marks/numbers';
import { exact, rough } from '../kit/words';
import type { Numbered } from './numbered';
import type { Offset } from './vectors';

/**
 * Whether a model's own positions know that one row down is near: by their likeness there and half a row on, which the
 * sequence has nearer. Empty where there are no rows to find.
 * @param own by offset, from 1 on @param owns what they are: learned, or interpolated
 */
export function rowsWords(own: readonly Pick<Offset, 'mean'>[], { rows, columns }: Grid, owns: string): string {
	const [below, between] = [own[columns - 1], own[Math.floor(columns / 2) - 1]];
	if (rows < 2 || columns < 3 || !below || !between) return '';
	return (
		`Here: ${owns} positions one row apart (${columns} places) have a mean cosine of ${exact(below.mean)}; half a row apart ` +
		`(${Math.floor(columns / 2)} places, nearer in the sequence), one of ${exact(between.mean)}. ` +
		(below.mean > between.mean ? 'They know of the rows.' : 'They do not know of the rows.')
	);
}

/** How much of what a patch looked like its number leaves. @param number which of the `patches` it is, from 1 */
export function numberedWords(
	{ spreads: { alone, together } }: Pick<Numbered, 'spreads'>,
	number: number,
	patches: number
): string {
	return (
		`Here: patch ${count(number)} of ${count(patches)}. Layer norm divides by the spread, which is ${rough(alone)} of the ` +
		`embedding alone and ${rough(together)} with the number, so the differences between all other features ` +
		`shrink to ${weightPercent(alone / together)}. No model does this; it was worked out for the figure.`
	);
}
