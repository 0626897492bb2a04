import { AttributeReader, clampIndex } from '../../lesson/attributes';
import type { Stage } from '../../lesson/stage';
import { readToken, type TokenChoice } from '../parts/token-choice';

/** All hidden values between the two layers; those values on GELU's curve; one hidden unit. */
export type View = 'layers' | 'gelu' | 'unit';

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
	/** Whether GELU's curve is shown near zero alone, where it bends. */
	near: boolean;
};

/** A block's taps and parameters that the feed-forward part is made of. @param block counted from 0 */
export function namesOf(block: number) {
	const name = `blocks.${block}`;
	return {
		input: `${name}.norm2`,
		hidden: `${name}.mlp.pre_gelu`,
		active: `${name}.mlp.post_gelu`,
		out: `${name}.mlp.out`,
		fc1: { weight: `weights.${name}.fc1.weight`, bias: `weights.${name}.fc1.bias` },
		fc2: { weight: `weights.${name}.fc2.weight`, bias: `weights.${name}.fc2.bias` }
	};
}

export const stage: Stage<State> = {
	name: 'feed-forward',
	title: 'The feed-forward part of a block',

	parse(attributes) {
		const read = new AttributeReader(attributes);
		const state: State = {
			block: read.index('block', 0),
			view: read.oneOf('view', ['layers', 'gelu', 'unit'], 'layers'),
			token: readToken(read.text('token', 'cls')),
			unit: read.wholeOr('unit', 'strongest'),
			part: read.oneOf('part', ['reads', 'sum', 'writes'], 'reads'),
			near: read.flag('near', false)
		};
		read.end();
		return state;
	},

	taps(config, { block, view }) {
		const { input, hidden, active, out, fc1, fc2 } = namesOf(clampIndex(block, config.depth));
		if (view === 'gelu') return [hidden, active];
		return [input, hidden, active, out, fc1.weight, fc1.bias, fc2.weight, fc2.bias];
	}
};
