import type { Attributes } from '../figure';

/** What the gallery shows of this figure: the arrows turned by hand, and what is said of a run that turns none. */
export const specimens: readonly Attributes[] = [
	{ view: 'hand' },
	{ view: 'hand', degrees: '45', 'key-place': '1' },
	{ view: 'run' }
];
