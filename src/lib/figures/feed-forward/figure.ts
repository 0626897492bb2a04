import type { ModelConfig } from '../../engine/families';
import { AttributeReader } from '../kit/attributes';
import type { Figure } from '../figure';
import { lastLayerNames } from '../kit/last-layer';
import { readToken, type TokenChoice } from '../kit/token-choice';
import { namesOf, partOf } from './part';
import { on } from './reveal';

/** All hidden values between the two layers; those values on the curve between; one hidden unit. */
export type View = 'layers' | 'bend' | 'unit';

/** What is shown of a unit: what it reads, how that adds up, and what it writes. */
export type Part = 'reads' | 'sum' | 'writes';

export type State = {
	/** From 0; larger than the model's number of blocks stands for the last. */
	block: number;
	view: View;
	token: TokenChoice;
	/** A hidden unit from 0; `strongest` is the one that the token switches on most. */
	unit: number | 'strongest';
	part: Part;
	/** Whether the curve is shown near zero alone, where it bends. */
	near: boolean;
};

/** Those of the part, the one in focus last. */
function taps(config: ModelConfig, { block, view }: State): string[] {
	const part = partOf(config, block);
	const { input, hidden, value, active, out, fc1 } = namesOf(part);
	if (view === 'bend') return [hidden, active];
	const between = value === null ? [active] : [active, value];
	const all = [...lastLayerNames(part, part.block, 'fc2'), fc1.bias, input, out, ...between];
	return view === 'unit' ? [...all, hidden, fc1.weight] : [...all, fc1.weight, hidden];
}

export const figure: Figure<State, ModelConfig> = {
	name: 'feed-forward',
	title: 'The feed-forward part of a block',

	parse(attributes) {
		const read = new AttributeReader(attributes);
		const state: State = {
			block: read.index('block', 0),
			view: read.oneOf('view', ['layers', 'bend', 'unit'], 'layers'),
			token: readToken(read.text('token', 'cls')),
			unit: read.wholeOr('unit', 'strongest'),
			part: read.oneOf('part', ['reads', 'sum', 'writes'], 'reads'),
			near: read.flag('near', false)
		};
		read.end();
		return state;
	},

	needs: () => ['blocks'],
	taps,
	reveals: { on }
};
