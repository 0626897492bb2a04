import type { Attributes } from '../figure';
import { STOPS } from './stops';

/** What the gallery shows of this figure: the steps' attributes that lead to each of its views. */
export const specimens: readonly Attributes[] = [
	{ view: 'prediction' },
	...STOPS.map((stop) => ({ view: 'pipeline', stop })),
	{ view: 'transformer', design: 'translation' },
	{ view: 'transformer', design: 'vit' }
];
