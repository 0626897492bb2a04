import type { ViTConfig } from '../../engine/config';
import type { Attributes, Reveal, Stage } from '../../lesson/stage';
import { flowOf } from './flow';

export const VIEWS = ['flow', 'head', 'parts'] as const;
export type View = (typeof VIEWS)[number];

export interface WholeModelState {
	readonly view: View;
	/** Counted from 0; one past the model's last stands for its last. */
	readonly block: number;
}

function parse({ view = 'flow', block = '0', ...rest }: Attributes): WholeModelState {
	const [unknown] = Object.keys(rest);
	if (unknown !== undefined) throw new Error(`there is no attribute '${unknown}'; there are view and block`);
	const known = VIEWS.find((candidate) => candidate === view);
	if (!known) throw new Error(`view='${view}' is none of ${VIEWS.join(', ')}`);
	if (!/^\d+$/.test(block)) throw new Error(`block='${block}' is not a number counted from 0`);
	return { view: known, block: Number(block) };
}

/** The block that is shown, whatever the model's depth. */
export function blockOf({ depth }: ViTConfig, { block }: Pick<WholeModelState, 'block'>): number {
	return Math.min(block, depth - 1);
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
	{ tap: 'blocks.0.attn.weights', words: 'the attention weights of a block' },
	{ tap: 'blocks.0.mlp.pre_gelu', words: 'the hidden values' }
] as const;

/** Which intermediate is the largest: the number of values of each in the run that is shown. */
const biggest: Reveal = {
	taps: () => CHOICES.map(({ tap }) => tap),
	answer: (_, tap) => {
		const counts = CHOICES.map((choice) => tap(choice.tap).data.length);
		const parts = CHOICES.map(({ words }, i) => `${words} ${counts[i]?.toLocaleString('en-GB')}`);
		const sentence = `In this run, ${parts.slice(0, -1).join(', ')} and ${parts.at(-1)} numbers.`;
		return { choice: counts.indexOf(Math.max(...counts)), sentence };
	}
};

export const stage: Stage<WholeModelState> = {
	name: 'whole-model',
	title: 'The whole model',
	parse,
	taps,
	reveals: { biggest }
};
