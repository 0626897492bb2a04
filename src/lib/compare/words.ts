import { tokenName } from '../inspector/words';
import type { Kind } from './kinds';
import type { Side } from './side.svelte';

/** What each comparison is for, in a sentence or two. */
export const INTRODUCTIONS: Record<Kind, string> = {
	models:
		'Two models on the same region of one photo: what does each look at from the same place, and what does it say?',
	photos: 'Two photos in the same head of one model: does the head do the same whatever it is shown?',
	heads: 'Two heads of one run: what does the one look at that the other leaves out?'
};

/** What the blocks of both panels have to do with each other; null where each is chosen by itself. */
export function bondSentence(kind: Kind, bound: boolean, [a, b]: readonly [number, number]): string | null {
	if (!bound || kind !== 'models') return null;
	const heads = 'Head numbers mean nothing across models.';
	if (a === b) return `The same block in both. ${heads}`;
	return `Linked by depth: each shows the block after which as large a part of its model is done (${a} blocks in A, ${b} in B). ${heads}`;
}

/** Where both panels look from; both places where the grids differ. */
export function querySentence(a: Side, b: Side): string {
	const [ofA, ofB] = [a, b].map((side) => tokenName(side.drawn.token, side.drawn.grid));
	if (!a.shown || !b.shown || ofA === ofB) return ofA ?? '';
	return `${ofA} in A, ${ofB} in B`;
}

/** Says so where one of the models does not have what both are to look from; null elsewhere. */
export function missingSentence(side: Side): string | null {
	if (!side.shown || side.hasQuery) return null;
	const name = tokenName(side.drawn.token, side.drawn.grid);
	const what = side.missing === null ? 'did not see this place' : `has no ${side.missing} token`;
	return `${side.title} ${what}, so ${side.name} shows ${name}.`;
}
