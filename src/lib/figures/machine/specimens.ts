import type { Attributes } from '../figure';
import { LEVELS } from './cells';

/** What the gallery shows of this figure: each of its levels, and the two ends of a walk. */
export const specimens: readonly Attributes[] = [
	...LEVELS.map((view) => ({ view })),
	{ view: 'number', of: 'probability' },
	{ view: 'number', of: 'pixel', token: 'centre' }
];
