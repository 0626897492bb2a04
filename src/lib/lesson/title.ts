import { MODELS } from '../models/registry';
import type { LoadedModel } from '../worker/protocol';

/** What a model is called on the page; its id where the site does not list it. */
export const titleOf = ({ id }: Pick<LoadedModel, 'id'>): string =>
	MODELS.find((model) => model.id === id)?.title ?? id;
