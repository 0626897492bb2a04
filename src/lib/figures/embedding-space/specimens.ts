import type { Attributes } from '../figure';

/** What the gallery shows of this figure: the steps' attributes that lead to each of its views. */
export const specimens: readonly Attributes[] = [{ space: 'cls' }, { space: 'pixels' }, { edits: 'on' }];
