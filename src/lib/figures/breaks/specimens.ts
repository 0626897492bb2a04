import type { Attributes } from '../figure';

/** What the gallery shows of this figure: a question before and after the guess, and the table of all. */
export const specimens: readonly Attributes[] = [
	{ change: 'shuffle-56' },
	{ change: 'blur', guess: 'vit' },
	{ change: 'all' }
];
