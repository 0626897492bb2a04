import { PatchworkError } from '../base/errors';
import { has, type ModelConfig } from './families';

/** Asked for like a gradient, beside those of taps: how much each token counts for the class, see {@link RelevanceRow}. */
export const RELEVANCE = 'relevance';

/** @throws PatchworkError `request` for a model that has no patterns of one sequence */
export function checkRelevance(config: ModelConfig): void {
	if (has(config, 'sequence', 'patterns', 'blocks')) return;
	throw new PatchworkError(
		'request',
		'Relevance follows one sequence of tokens through the patterns of all blocks, and this model has no such; choose a ViT to see it.'
	);
}
