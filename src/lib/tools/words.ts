import type { Hiding } from './hiding';

/** What a way of hiding is called on a button, and what it does. */
export const HIDING_WORDS: Readonly<Record<Hiding, { readonly label: string; readonly does: string }>> = {
	grey: { label: 'Grey', does: 'Their pixels become the zero of the model’s input' },
	mean: { label: 'Mean patch', does: 'Their pixels become those of the mean of all patches of this photo' },
	gone: {
		label: 'Removed',
		does: 'Their tokens are taken out of the sequence; all others keep their positions'
	},
	swapped: { label: 'Another photo', does: 'Their pixels become those at the same place in another photo' }
};
