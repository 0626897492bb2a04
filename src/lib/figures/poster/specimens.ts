import type { Attributes } from '../figure';

/** What the gallery shows of this figure. */
export const specimens: readonly Attributes[] = [{}];
