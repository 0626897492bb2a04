import { fixed } from '../base/numbers';
import { cosine } from '../analysis/cosine';
import { tokenName } from '../views/words';
import { gives } from '../marks/scores';
import { count } from '../marks/numbers';
import type { RunResult } from '../worker/protocol';
import type { LoadedModel } from '../models/loaded-model';
import type { BlockMembers, ModelView } from '../views/model-view';
import type { Kind, Name } from './kinds';
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

/** What is read of a panel to say where it looks from. */
interface Looks {
	readonly name: Name;
	readonly title: string;
	readonly shown: object | null;
	readonly hasQuery: boolean;
	readonly missing: string | null;
	readonly view: Pick<ModelView, 'reach' | 'token' | 'grid'> & { readonly members: Pick<BlockMembers, 'many'> };
}

/** Whether anything in a panel's model looks from somewhere; one that shows nothing yet is taken to. */
const attends = ({ shown, view }: Looks) => !shown || view.reach !== null;

/** What the place that both panels go by is to them: where they look from, as far as their models attend at all. */
export function queryLead(a: Looks, b: Looks): string {
	if (attends(a) && attends(b)) return 'Both look from';
	if (!attends(a) && !attends(b)) return 'Marked in both:';
	return `${attends(a) ? a.name : b.name} looks from`;
}

/** Where the panels look from; both places where the grids differ. */
export function querySentence(a: Looks, b: Looks): string {
	const [ofA, ofB] = [a, b].map((side) => tokenName(side.view.token, side.view.grid));
	if (!a.shown || !b.shown) return ofA ?? '';
	const [one, other] = attends(a) ? [a, b] : [b, a];
	if (attends(one) && !attends(other)) {
		const [from, marked] = one === a ? [ofA, ofB] : [ofB, ofA];
		return other.missing === null && from !== marked ? `${from}; in ${other.name} this is ${marked}` : (from ?? '');
	}
	return ofA === ofB ? (ofA ?? '') : `${ofA} in A, ${ofB} in B`;
}

/** Says so where one of the models has nothing that looks, or does not have what both are to look from; null elsewhere. */
export function missingSentence(side: Looks): string | null {
	if (!side.shown) return null;
	const name = tokenName(side.view.token, side.view.grid);
	const lacks = side.missing === null ? 'did not see this place' : `has no ${side.missing} token`;
	if (!attends(side)) {
		const same = `Nothing in ${side.title} attends: what its ${side.view.members.many} hold is the same wherever one looks from.`;
		return side.hasQuery ? same : `${same} It ${lacks}, so ${name} is marked.`;
	}
	return side.hasQuery ? null : `${side.title} ${lacks}, so ${side.name} shows ${name}.`;
}

/** Why there is no attention of some panels to measure; empty where all have it. */
export function noAttentionSentence(sides: readonly Pick<Side, 'name' | 'title' | 'view'>[]): string {
	const [one, other] = sides;
	if (!one) return '';
	if (other) return 'Neither model has attention, so there is none to measure.';
	return `${one.title}, in ${one.name}, has ${one.view.members.many} and no attention: none of it can be measured against the other’s.`;
}
