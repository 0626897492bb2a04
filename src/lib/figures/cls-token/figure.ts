import { anatomyOf } from '../../engine/families';
import type { ViTConfig } from '../../engine/vit/config';
import { AttributeReader } from '../kit/attributes';
import type { Attributes, Reveal, Figure } from '../figure';
import { className } from '../../models/labels';
import { inputOf } from '../kit/blocks';
import { allBlocks, settledAt } from './blocks';
import { readByHeads } from '../kit/head-input';
import { PLAIN } from '../kit/ways';
import { lensTaps, lensesOf } from './lens';

export const VIEWS = ['start', 'patches', 'classes', 'path'] as const;
export type View = (typeof VIEWS)[number];

export interface ClsState {
	readonly view: View;
	/** The block that the token has gone through last, counted from 0; -1 is before the first, the last by default. */
	readonly block: number;
}

function parse(attributes: Attributes): ClsState {
	const read = new AttributeReader(attributes);
	const state: ClsState = {
		view: read.oneOf('view', VIEWS, 'start'),
		block: read.index('block', Number.MAX_SAFE_INTEGER)
	};
	read.end();
	return state;
}

/** How many blocks the token has gone through in a state: none before the first, and never more than there are. */
export function blocksIn({ depth }: ViTConfig, { block }: Pick<ClsState, 'block'>): number {
	return Math.max(0, Math.min(block + 1, depth));
}

function taps(config: ViTConfig, state: ClsState): readonly string[] {
	switch (state.view) {
		case 'start':
			return ['parameters.cls_token', 'parameters.pos_embed', anatomyOf(config).sum, ...allBlocks(config)];
		case 'patches':
			return [inputOf(blocksIn(config, state))];
		case 'classes':
			return lensTaps(config);
		case 'path':
			return allBlocks(config);
	}
}

/** Whether the answer is read from anything but CLS, which this chapter is about. */
function readsMoreThanCls({ pooling, distillationHead }: ViTConfig): boolean {
	return pooling !== 'cls' || distillationHead;
}

/** Why none of the model's classes can come before others; null where one can. */
function whyNoneFirst({ scores, classes }: ViTConfig): string | null {
	if (scores === 'vector') return 'This model has no classifier, so it names no classes; choose one that does.';
	if (scores === 'number') return 'This model gives numbers and names no classes; choose one that does.';
	return classes === 1 ? 'This model has one class only, so no other could come first; choose one with several.' : null;
}

/** From which block on the head, used as a probe, says what the model says in the end. */
const settled: Reveal = {
	taps: lensTaps,
	answer: ({ model }, tap) => {
		const { config, labels } = model;
		const none = whyNoneFirst(config);
		if (none) return { choice: null, sentence: none };
		const lenses = lensesOf(config, tap).map((ranked) => ranked[0]);
		const name = (index = -1) => `“${className(labels, index)}”`;
		const reads = readsMoreThanCls(config) ? ` It is read from ${readByHeads(config)}.` : '';
		const from = settledAt(lenses.map((best) => best?.index ?? -1));
		const final = name(lenses.at(-1)?.index);
		const choice = from === config.depth ? 2 : from <= config.depth / 2 ? 0 : 1;
		if (from === 0)
			return { choice, sentence: `The first guess is ${final} after every block, and even before the first.${reads}` };
		const shows = { block: from - 1 };
		const before = name(lenses[from - 1]?.index);
		const where = from === 1 ? 'before the first block' : `after block ${from - 1}`;
		return {
			choice,
			shows,
			sentence: `The first guess is ${final} from block ${from} of ${config.depth} on; ${where} it was ${before}.${reads}`
		};
	}
};

export const figure: Figure<ClsState> = {
	name: 'cls-token',
	title: 'The CLS token, block by block',
	parse,
	taps,
	needs: ({ view }) => [...PLAIN, 'cls', ...(view === 'start' ? (['positions'] as const) : [])],
	reveals: { settled }
};
