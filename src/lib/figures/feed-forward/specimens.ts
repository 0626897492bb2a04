import type { Attributes } from '../figure';

/** What the gallery shows of this figure: the steps' attributes that lead to each of its views. */
export const specimens: readonly Attributes[] = [
	{ view: 'layers', block: '8', token: 'centre' },
	{ view: 'bend', block: '8', token: 'centre', near: 'on' },
	{ view: 'unit', block: '8', token: 'centre', part: 'reads' },
	{ view: 'unit', block: '8', token: 'centre', part: 'sum' },
	{ view: 'unit', block: '8', token: 'centre', part: 'writes' }
];
