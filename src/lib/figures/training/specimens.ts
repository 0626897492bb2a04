import type { Attributes } from '../figure';
import { VIEWS } from './figure';

/** What the gallery shows of this figure: each of its views. */
export const specimens: readonly Attributes[] = VIEWS.map((view) => ({ view }));
