import { fixed } from '../base/numbers';
import { cosine } from '../analysis/cosine';
import { tokenName } from '../views/words';
import { gives } from '../marks/scores';
import { count } from '../marks/numbers';
import type { RunResult } from '../worker/protocol';
import type { LoadedModel } from '../models/loaded-model';
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

/** What {@link scoresSentence} reads of a panel: its model, and what that says. */
interface Answering {
	readonly shown: { readonly model: LoadedModel; readonly result: Pick<RunResult, 'vector'> } | null;
}

/** What has to be known before the answers of both panels are held against each other; null where nothing has. */
export function scoresSentence(kind: Kind, a: Answering, b: Answering): string | null {
	if (kind === 'heads' || !a.shown || !b.shown) return null;
	const [ofA, ofB] = [a.shown.model, b.shown.model];
	if (ofA.config.scores !== ofB.config.scores)
		return `A gives ${gives(ofA.config)}; B gives ${gives(ofB.config)}. They can’t be laid side by side as one.`;
	if (kind === 'photos') return betweenPhotos(a.shown.result.vector, b.shown.result.vector);
	return ofA.id === ofB.id ? null : betweenModels(ofA, ofB);
}

/** Of one model's answers only vectors need a word: a cosine says what two lists of bars say by themselves. */
function betweenPhotos(a: Float32Array | null, b: Float32Array | null): string | null {
	if (a?.length !== b?.length || !a || !b) return null;
	return `The cosine of the two vectors is ${fixed(cosine(a, b), 3)}: 1 where they point the same way, 0 where they have nothing in common.`;
}

function betweenModels(a: LoadedModel, b: LoadedModel): string | null {
	switch (a.config.scores) {
		case 'vector':
			return 'The vectors of two models have no axes in common, so they can’t be compared number by number.';
		case 'number':
			return 'Numbers of two models can be compared only where both were trained to give the same quantity.';
		case 'sigmoid':
			return null;
		case 'softmax':
			if (sameClasses(a, b)) return null;
			return `Each shares one whole out among its own classes, ${count(a.config.classes)} in A and ${count(b.config.classes)} in B: as large a share need not mean as much in both.`;
	}
}

/** Whether both choose among the same classes, as far as their files say. */
function sameClasses(a: LoadedModel, b: LoadedModel): boolean {
	if (a.config.classes !== b.config.classes) return false;
	return !a.labels || !b.labels || a.labels.every((label, i) => label === b.labels?.[i]);
}

/** Where both panels look from; both places where the grids differ. */
export function querySentence(a: Side, b: Side): string {
	const [ofA, ofB] = [a, b].map((side) => tokenName(side.view.token, side.view.grid));
	if (!a.shown || !b.shown || ofA === ofB) return ofA ?? '';
	return `${ofA} in A, ${ofB} in B`;
}

/** Says so where one of the models does not have what both are to look from; null elsewhere. */
export function missingSentence(side: Side): string | null {
	if (!side.shown || side.hasQuery) return null;
	const name = tokenName(side.view.token, side.view.grid);
	const what = side.missing === null ? 'did not see this place' : `has no ${side.missing} token`;
	return `${side.title} ${what}, so ${side.name} shows ${name}.`;
}

/** Why there is no attention of some panels to measure; empty where all have it. */
export function noAttentionSentence(sides: readonly Pick<Side, 'name' | 'title' | 'view'>[]): string {
	const [one, other] = sides;
	if (!one) return '';
	if (other) return 'Neither model has attention, so there is none to measure.';
	return `${one.title}, in ${one.name}, has ${one.view.members.many} and no attention: none of it can be measured against the other’s.`;
}
