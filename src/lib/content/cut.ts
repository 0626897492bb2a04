/** A chapter that once was one and is several today. */
export interface Cut {
	/** The chapters of today, in their order. */
	readonly into: readonly string[];
	/** Of its predictions and questions, those that do not stand in the first of these, with the chapter that has them. */
	readonly moved: Readonly<Record<string, string>>;
}

/**
 * Chapters that were cut, by the address that they had. Links to them stand in notes and papers, and answers to their
 * questions in browsers: both lead on.
 */
export const CUTS: Readonly<Record<string, Cut>> = {
	'feed-forward': { into: ['layer-norm', 'mlp'], moved: { alone: 'mlp' } },
	variants: { into: ['swin', 'deit'], moved: { 'deit-token': 'deit' } }
};

/**
 * The chapter that has what an old address led to: the first of today's that has the part, else the first.
 * @param id the part that was asked for, as the address has it behind `#`; '' for the chapter itself
 * @param chapters those that it was cut into, with the ids of their parts
 */
export function leadsTo<C extends { readonly ids: readonly string[] }>(
	id: string,
	chapters: readonly C[]
): C | undefined {
	return chapters.find(({ ids }) => ids.includes(id)) ?? chapters[0];
}
