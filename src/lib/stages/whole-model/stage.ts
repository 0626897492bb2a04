import type { ModelConfig } from '../../engine/config';
import type { Attributes, Reveal, Stage } from '../../lesson/stage';
import { flowOf } from './flow';
import { partsOf } from './parts';

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
export function blockOf({ depth }: ModelConfig, { block }: Pick<WholeModelState, 'block'>): number {
	return Math.min(block, depth - 1);
}

function taps(config: ModelConfig, state: WholeModelState): readonly string[] {
	if (state.view === 'parts') return [];
	const sections = flowOf(config, blockOf(config, state));
	return sections.flatMap((section) =>
		state.view === 'head' && section.id !== 'head' ? [] : section.taps.map(({ name }) => name)
	);
}

/** The order of the choices in the prose. */
const CHOICES = ['attention', 'mlp', 'head', 'patch-embed'] as const;

/** Where most of the parameters are, counted from the shapes of this model's own weights. */
const largest: Reveal = {
	taps: () => [],
	answer: ({ model }) => {
		const parts = partsOf(model.config);
		const most = parts.reduce((best, part) => (part.parameters > best.parameters ? part : best));
		const total = parts.reduce((sum, { parameters }) => sum + parameters, 0);
		const share = (id: string) => {
			const count = parts.find((part) => part.id === id)?.parameters ?? 0;
			return `${count.toLocaleString('en-GB')} (${((100 * count) / total).toFixed(0)} %)`;
		};
		return {
			choice: CHOICES.findIndex((id) => id === most.id),
			sentence: `Of ${total.toLocaleString('en-GB')} parameters, the feed-forward parts have ${share('mlp')}, attention ${share('attention')}, the head ${share('head')} and the patch embedding ${share('patch-embed')}.`
		};
	}
};

export const stage: Stage<WholeModelState> = {
	name: 'whole-model',
	title: 'The whole model',
	parse,
	taps,
	reveals: { largest }
};
