import type { ViTConfig } from '../../engine/config';
import type { Attributes, Reveal, Stage } from '../../lesson/stage';
import { afterBlock, allBlocks, settledAt } from './blocks';
import { lensTaps, lensesOf } from './lens';

export const VIEWS = ['start', 'patches', 'classes', 'path'] as const;
export type View = (typeof VIEWS)[number];

export interface ClsState {
	readonly view: View;
	/** How many blocks the token has gone through: 0 is before the first one; null after the last. */
	readonly block: number | null;
}

const START: ClsState = { view: 'start', block: null };

function blockIn(text: string): number | null {
	if (text === 'last') return null;
	const block = Number(text);
	if (!Number.isInteger(block) || block < 0) {
		throw new Error(`cls-token: block="${text}" should be a number of blocks gone through, or "last"`);
	}
	return block;
}

function viewIn(text: string): View {
	const view = VIEWS.find((known) => known === text);
	if (!view) throw new Error(`cls-token: view="${text}" should be one of ${VIEWS.join(', ')}`);
	return view;
}

function parse(attributes: Attributes): ClsState {
	let state = START;
	for (const [name, text] of Object.entries(attributes)) {
		if (name === 'view') state = { ...state, view: viewIn(text) };
		else if (name === 'block') state = { ...state, block: blockIn(text) };
		else throw new Error(`cls-token: there is no "${name}"; there are view and block`);
	}
	return state;
}

/** The blocks gone through in a state, never more than the model has. */
export function blockOf({ depth }: ViTConfig, { block }: Pick<ClsState, 'block'>): number {
	return Math.min(block ?? depth, depth);
}

function taps(config: ViTConfig, state: ClsState): readonly string[] {
	switch (state.view) {
		case 'start':
			return ['weights.cls_token', 'weights.pos_embed', ...allBlocks(config)];
		case 'patches':
			return [afterBlock(blockOf(config, state))];
		case 'classes':
			return lensTaps(config);
		case 'path':
			return allBlocks(config);
	}
}

/** From which block on the head, used as a probe, says what the model says in the end. */
const settled: Reveal = {
	taps: lensTaps,
	answer: ({ model }, tap) => {
		const { config, labels } = model;
		const lenses = lensesOf(config, tap).map((ranked) => ranked[0]);
		const name = (index = -1) => `“${labels?.[index] ?? `class ${index}`}”`;
		if (lenses.length === 0) return { choice: 2, sentence: 'This model has no classes: there is nothing to compare.' };
		const from = settledAt(lenses.map((best) => best?.index ?? -1));
		const final = name(lenses.at(-1)?.index);
		const choice = from === config.depth ? 2 : from <= config.depth / 2 ? 0 : 1;
		if (from === 0)
			return { choice, sentence: `The first guess is ${final} after every block, and even before the first.` };
		const before = name(lenses[from - 1]?.index);
		const where = from === 1 ? 'before the first block' : `after block ${from - 1}`;
		return {
			choice,
			sentence: `The first guess is ${final} from block ${from} of ${config.depth} on; ${where} it was ${before}.`
		};
	}
};

export const stage: Stage<ClsState> = {
	name: 'cls-token',
	title: 'The CLS token, block by block',
	parse,
	taps,
	reveals: { settled }
};
