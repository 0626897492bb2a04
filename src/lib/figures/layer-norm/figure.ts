import type { ModelConfig } from '../../engine/families';
import { AttributeReader } from '../kit/attributes';
import type { Figure } from '../figure';
import { blockAt } from '../kit/blocks';
import { readToken, type TokenChoice } from '../kit/token-choice';

/** `layer`: each token over its features. `batch`: each feature over the tokens. */
export type Method = 'layer' | 'batch';

/** What the matrix shows: the values that came in, those of mean 0 and variance 1, those after gain and bias. */
export type Shown = 'before' | 'standard' | 'after';

export type State = {
	/** From 0, through all stages; larger than the model's number of blocks stands for the last. */
	block: number;
	method: Method;
	shown: Shown;
	/** The row that layer norm is shown on; and the column for batch norm, from 0. */
	token: TokenChoice;
	feature: number;
};

/** What enters the block, gain and bias, and what comes of them. */
function taps(config: ModelConfig, { block }: State): string[] {
	const { stem, input } = blockAt(config, block);
	const norm = `${stem}.norm1`;
	return [input, `parameters.${norm}.weight`, `parameters.${norm}.bias`, norm];
}

export const figure: Figure<State, ModelConfig> = {
	name: 'layer-norm',
	title: 'Layer norm and batch norm on the tokens of this photo',

	parse(attributes) {
		const read = new AttributeReader(attributes);
		const state: State = {
			block: read.index('block', 0),
			method: read.oneOf('method', ['layer', 'batch'], 'layer'),
			shown: read.oneOf('shown', ['before', 'standard', 'after'], 'before'),
			token: readToken(read.text('token', 'cls')),
			feature: read.whole('feature', 0)
		};
		read.end();
		return state;
	},

	needs: () => ['blocks'],
	taps
};
