import type { ViTConfig } from '../../engine/vit/config';
import { AttributeReader, clampIndex } from '../kit/attributes';
import type { Attributes, Reveal, Figure } from '../figure';
import { ownName } from '../kit/where';
import { count } from '../../marks/numbers';
import { flowOf } from './flow';

export const VIEWS = ['flow', 'head', 'parts'] as const;
export type View = (typeof VIEWS)[number];

export interface WholeModelState {
	readonly view: View;
	/** Counted from 0; one past the model's last stands for its last. */
	readonly block: number;
}

function parse(attributes: Attributes): WholeModelState {
	const read = new AttributeReader(attributes);
	const state: WholeModelState = { view: read.oneOf('view', VIEWS, 'flow'), block: read.index('block', 0) };
	read.end();
	return state;
}

/** The block that is shown, whatever the model's depth. */
export function blockOf({ depth }: ViTConfig, { block }: Pick<WholeModelState, 'block'>): number {
	return clampIndex(block, depth);
}

function taps(config: ViTConfig, state: WholeModelState): readonly string[] {
	if (state.view === 'parts') return [];
	const sections = flowOf(config, blockOf(config, state));
	return sections.flatMap((section) =>
		state.view === 'head' && section.id !== 'head' ? [] : section.taps.map(({ name }) => name)
	);
}

/** What the prose lets the reader choose from, in its order. */
const CHOICES = [
	{ tap: 'pixel_values', words: 'the pixels' },
	{ tap: 'embeddings', words: 'the embeddings' },
	{ tap: 'blocks.0.attn.pattern', words: 'the attention weights of a block' },
	{ tap: 'blocks.0.mlp.pre_gelu', words: 'the hidden values' }
] as const;

/** Which intermediate is the largest: the number of values of each in the run that is shown. */
const biggest: Reveal = {
	taps: (config) => CHOICES.map(({ tap }) => ownName(tap, config)),
	answer: ({ model: { config } }, tap) => {
		const counts = CHOICES.map((choice) => tap(ownName(choice.tap, config)).data.length);
		const parts = CHOICES.map(({ words }, i) => `${words} ${count(counts[i] ?? 0)}`);
		const sentence = `In this run, ${parts.slice(0, -1).join(', ')} and ${parts.at(-1)} numbers.`;
		return { choice: counts.indexOf(Math.max(...counts)), sentence };
	}
};

export const figure: Figure<WholeModelState> = {
	name: 'whole-model',
	title: 'The whole model',
	parse,
	taps,
	reveals: { biggest }
};
