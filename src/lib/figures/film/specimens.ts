import type { Attributes } from '../figure';
import { SCENES } from './scenes';
import { STAGES } from './toy';

/** What the gallery shows of this figure: the toy as far as it goes, and the film's stills. */
export const specimens: readonly Attributes[] = [
	...STAGES.map((stage) => ({ view: 'toy', stage })),
	...SCENES.map((scene) => ({ view: 'film', scene }))
];
