import { AttributeReader } from '../kit/attributes';
import type { ModelConfig } from '../../engine/families';
import type { Figure } from '../figure';
import { lastPattern, ranks } from './live';
import { QUESTION_IDS } from './names';
import { lastBlock } from './reveal';

const VIEWS = [...QUESTION_IDS, 'summary'] as const;

export interface State {
	/** What is asked; or how the reader did on all of it. */
	question: (typeof VIEWS)[number];
	/** A guess in percent that stands until the reader has made one; null for none. */
	guess: number | null;
	/** The block that the question is about, counted from 0, for the rail and the shapes. */
	block: number;
}

/** The reader guesses what a change does, sees what was measured, and has the model in use do the same. */
export const figure: Figure<State, ModelConfig> = {
	name: 'guess',
	title: 'What would you guess?',
	parse(attributes) {
		const read = new AttributeReader(attributes);
		const state: State = {
			question: read.oneOf('question', VIEWS, 'no-positions'),
			guess: read.whole('guess', null),
			block: read.index('block', 0)
		};
		read.end();
		if ((state.guess ?? 0) > 100) throw new Error(`'guess' is in percent, and is '${state.guess}'.`);
		return state;
	},
	// It is drawn from any model, and says itself what one cannot do.
	needs: () => [],
	taps: (config, { question }) =>
		(question === 'attended' || question === 'centre') && ranks(config) ? [lastPattern(config)] : [],
	guesses: ({ question }) => question !== 'summary',
	reveals: { 'last-block': lastBlock }
};
