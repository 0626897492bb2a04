import type { Attributes } from '../figure';

/** What the gallery shows of this figure: a question before and after the guess, and the table of all. */
export const specimens: readonly Attributes[] = [
	{ question: 'no-positions' },
	{ question: 'attended', guess: '50' },
	{ question: 'centre', guess: '20' },
	{ question: 'summary' }
];
