import { measured, written } from './measured';
import type { QuestionId } from './names';

/** What a question is called, what the slider sets, and what is to be said once the reader has guessed. */
export interface Words {
	/** Short, for the table of all. */
	readonly name: string;
	/** What the share is of. */
	readonly label: string;
	/** What was done, as the title of the live answer, after `Your photo, `. */
	readonly done: string;
	/** Why it is so: one or two sentences, with what was measured beside it. */
	why(): string;
}

/** How many points fewer are right than of the model as it is. */
const lost = (name: string) => (100 * (measured('untouched').value - measured(name).value)).toFixed(1);

const RIGHT = 'Share of all 250 photos that it then gets right';

export const WORDS: Readonly<Record<QuestionId, Words>> = {
	'no-positions': {
		name: 'No positions for patches',
		label: RIGHT,
		done: 'without positions for the patches',
		why: () =>
			`Attention treats its tokens as a bag, and this model had learned to lean on the one thing that orders them. And it loses more than order: in training its first block never met sums like those that now enter it. Take away the position of CLS as well, one vector more, and ${written('no-positions-nor-for-cls')} are left.`
	},
	'positions-transposed': {
		name: 'Positions transposed',
		label: RIGHT,
		done: 'with rows and columns of the positions exchanged',
		why: () =>
			'Neighbours stay neighbours, and for some photos that is enough. To the model the patches lie mirrored along the diagonal, while what is in each of them stays upright: no photo of its training looked like that.'
	},
	'cls-zero': {
		name: 'CLS empty at the start',
		label: RIGHT,
		done: 'with a CLS vector of zeros',
		why: () =>
			`CLS is a place to write on. What stood there is the same for every photo, its position still tells the blocks which token it is, and they fill it. Reading the mean of the final patches in its stead does far more harm: ${written('mean-of-patches-for-cls')}, because nobody taught the classifier to read patches.`
	},
	'last-block': {
		name: 'Last block skipped',
		label: RIGHT,
		done: 'without the last block',
		why: () =>
			`The residual stream carries on what eleven blocks have written, and most of the answer is there already. It is not so everywhere: ${written('block-8-skipped')} are left without block 8, and ${written('block-1-skipped')} without block 1, on which everything stands.`
	},
	'one-head': {
		name: 'One head switched off',
		label: RIGHT,
		done: 'with head 1 of block 3 switched off',
		why: () =>
			`Most heads can be spared; this one cannot. The one beside it in the same block leaves ${written('block-3-head-2-zeroed')}. Heads have no fixed trades, so in another model this very place may matter little.`
	},
	uniform: {
		name: 'Last block looks everywhere alike',
		label: RIGHT,
		done: 'with a last block that looks everywhere alike',
		why: () =>
			`The map of the last block is the one that everybody shows, and without any pattern there the model loses ${lost('uniform-12')} points. A picture of where it looks is no proof of what the answer depends on.`
	},
	attended: {
		name: 'Most attended half removed',
		label: RIGHT,
		done: 'without the half of the patches that CLS attends to most',
		why: () =>
			`And yet the map does know something: without the other half, ${written('attended-least')} stay right, and without a half drawn by lot ${written('random-half')}. Without the half that rollout (attention followed through all blocks) puts first, ${written('rollout-most')} stay right: here the simpler map is the better guide.`
	},
	'upside-down': {
		name: 'Upside down',
		label: RIGHT,
		done: 'upside down',
		why: () =>
			`Nothing in the architecture knows which way is up. Half a turn costs less than a quarter turn (${written('turn-90')} right): level lines stay level. So they do when the photo is flipped top to bottom (${written('flip-vertical')}).`
	},
	normalisation: {
		name: 'The other normalisation',
		label: RIGHT,
		done: 'normalised by ImageNet’s mean and standard deviation',
		why: () =>
			'It is the photo with more than twice the contrast and a slight tint. Such a mix-up happens easily when a model goes from one library to another, and it is of the worst kind: nothing fails, and the answers are only less often right.'
	},
	centre: {
		name: 'Brightest patch in the middle',
		label: 'Photos on which it is there',
		done: 'and where CLS looks in the last block',
		why: () =>
			`A patch drawn by lot would be there on a quarter of them. The heads of the last block look ${written('distance')} away on average, and the longest patch token has become ${written('outlier')} as long as the median one: the brightest place may be where the model has stored something, not where the thing is.`
	}
};
