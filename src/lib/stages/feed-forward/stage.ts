import type { ViTConfig } from '../../engine/config';
import { AttributeReader, clampIndex } from '../../lesson/attributes';
import type { Stage } from '../../lesson/stage';
import { ownName } from '../../lesson/where';
import { lastLayerNames } from '../parts/last-layer';
import { readToken, type TokenChoice } from '../parts/token-choice';

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

/** A block's taps that the feed-forward part is made of, and the parameters of its first layer. @param block from 0 */
export function namesOf(config: Pick<ViTConfig, 'mlp'>, block: number) {
	const name = `blocks.${block}`;
	return {
		input: `${name}.norm2`,
		/** What the curve bends. */
		hidden: ownName(`${name}.mlp.pre_gelu`, config),
		value: config.mlp === 'swiglu' ? `${name}.mlp.value` : null,
		active: ownName(`${name}.mlp.post_gelu`, config),
		out: `${name}.mlp.out`,
		fc1: { weight: `weights.${name}.fc1.weight`, bias: `weights.${name}.fc1.bias` }
	};
}

export const stage: Stage<State> = {
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

	taps(config, { block: wanted, view }) {
		const block = clampIndex(wanted, config.depth);
		const { input, hidden, value, active, out, fc1 } = namesOf(config, block);
		if (view === 'bend') return [hidden, active];
		const between = value === null ? [hidden, active] : [hidden, value, active];
		return [input, ...between, out, fc1.weight, fc1.bias, ...lastLayerNames(config, block, 'fc2')];
	}
};
