import { titleOfKey } from '../../models/own';
import { MODELS } from '../../models/registry';
import type { LoadedModel } from '../../models/loaded-model';

/** What a model is called on the page. */
export const titleOf = ({ id }: Pick<LoadedModel, 'id'>): string =>
	MODELS.find((model) => model.id === id)?.title ?? titleOfKey(id);
