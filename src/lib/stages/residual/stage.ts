import type { ModelConfig } from '../../engine/config';
import { AttributeReader, clampIndex } from '../../lesson/attributes';
import type { Stage, Tap } from '../../lesson/stage';
import { inputOf } from '../parts/blocks';
import type { BlockTaps } from './growth';
import { readToken, type TokenChoice } from '../parts/token-choice';
import { larger } from './reveal';

/** One block in numbers; the stream's size through all blocks; what each block adds to it. */
export type View = 'block' | 'size' | 'added';

export type State = {
	/** From 0; larger than the model's number of blocks stands for the last. */
	block: number;
	view: View;
	token: TokenChoice;
};

/** The taps of one block that {@link stage} reads in every view: what it adds, and what it leaves. */
const changes = (block: number) => ['attn.out', 'mlp.out', 'out'].map((name) => `blocks.${block}.${name}`);

export const stage: Stage<State> = {
	name: 'residual',
	title: 'The residual stream',

	parse(attributes) {
		const read = new AttributeReader(attributes);
		const state: State = {
			block: read.index('block', 0),
			view: read.oneOf('view', ['block', 'size', 'added'], 'block'),
			token: readToken(read.text('token', 'cls'))
		};
		read.end();
		return state;
	},

	taps(config, { block: wanted, view }) {
		const block = clampIndex(wanted, config.depth);
		if (view === 'block') {
			const own = ['norm1', 'residual1', 'norm2'].map((name) => `blocks.${block}.${name}`);
			return [inputOf(block), ...changes(block), ...own];
		}
		return ['embeddings', ...blocksOf(config).flatMap(changes)];
	},

	reveals: { larger }
};

const blocksOf = ({ depth }: ModelConfig) => Array.from({ length: depth }, (_, i) => i);

/** Picks the taps of a block that the stream's growth is computed from. @param block counted from 0 */
export function blockTaps(tap: Tap, block: number): BlockTaps {
	const name = `blocks.${block}`;
	return {
		input: tap(inputOf(block)).data,
		attention: tap(`${name}.attn.out`).data,
		feedForward: tap(`${name}.mlp.out`).data,
		out: tap(`${name}.out`).data
	};
}
