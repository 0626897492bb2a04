import type { Attributes } from '../figure';
import { VIEWS } from './figure';

/** What the gallery shows of this figure: each of its views, and the shift on the patches of the text. */
export const specimens: readonly Attributes[] = [...VIEWS.map((view) => ({ view })), { view: 'shift', cut: '4' }];
