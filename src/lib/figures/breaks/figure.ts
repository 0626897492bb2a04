import type { ModelConfig } from '../../engine/families';
import type { Figure } from '../figure';
import { AttributeReader } from '../kit/attributes';
import { changeNamed } from './names';
import type { Side } from './sides';
import { SIDES } from './sides';

const ALL = 'all';

export interface State {
	/** The change's name; or the table of all. */
	readonly change: string;
	/** A guess that stands until the reader has made one; null for none. */
	readonly guess: Side | null;
}

/** The state of the table of all changes. */
export const isTable = ({ change }: Pick<State, 'change'>): boolean => change === ALL;

/** One change of the photo, two networks: the reader guesses which of them bears it better. */
export const figure: Figure<State, ModelConfig> = {
	name: 'breaks',
	title: 'Which breaks first?',
	parse(attributes) {
		const read = new AttributeReader(attributes);
		const change = read.text('change', 'shuffle-56');
		if (change !== ALL) changeNamed(change);
		const guess = read.oneOf('guess', ['none', ...SIDES] as const, 'none');
		read.end();
		return { change, guess: guess === 'none' ? null : guess };
	},
	// It is drawn from any model, and says itself what one cannot do.
	needs: () => [],
	taps: () => [],
	guesses: (state) => !isTable(state)
};
