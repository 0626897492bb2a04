import type { Attributes } from '../figure';

/** What the gallery shows of this figure: the steps' attributes that lead to each of its views. */
export const specimens: readonly Attributes[] = [
	{ step: 'input' },
	{ step: 'split' },
	{ step: 'transpose' },
	{ step: 'merge' },
	{ preset: 'pool', step: 'reduce' },
	{ preset: 'heads', step: 'transpose' },
	{ preset: 'repeat', step: 'repeat' },
	{ view: 'proof' }
];
