import type { Attributes } from '../figure';
import { CHANGES, VIEWS } from './figure';

/** What the gallery shows of this figure: each of its views, and each change of the pair that grows. */
export const specimens: readonly Attributes[] = [
	...VIEWS.map((view) => ({ view })),
	...CHANGES.slice(1).map((change) => ({ view: 'growing', change })),
	{ view: 'growing', at: '100' }
];
