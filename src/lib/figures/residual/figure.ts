import type { ModelConfig } from '../../engine/families';
import { AttributeReader } from '../kit/attributes';
import type { Figure, Tap } from '../figure';
import { blockAt, stageBlocks, type BlockAt } from '../kit/blocks';
import type { BlockTaps } from './growth';
import { readToken, type TokenChoice } from '../kit/token-choice';
import { larger } from './reveal';

/** One block in numbers; the stream's size through all blocks; what each block adds to it. */
export type View = 'block' | 'size' | 'added';

export type State = {
	/** From 0, through all stages; larger than the model's number of blocks stands for the last. */
	block: number;
	view: View;
	token: TokenChoice;
};

/** What a block adds, and what it leaves: what every view reads of it. */
const changes = ({ stem }: BlockAt) => ['attn.out', 'mlp.out', 'out'].map((name) => `${stem}.${name}`);

/** Those of the block, or of all that the stream goes through; the one in focus last. */
function taps(config: ModelConfig, { block: wanted, view }: State): string[] {
	const block = blockAt(config, wanted);
	const { stem, input } = block;
	if (view === 'block') return [input, ...changes(block), `${stem}.norm1`, `${stem}.norm2`, `${stem}.residual1`];
	const out = `${stem}.out`;
	const all = stageBlocks(config, wanted).flatMap((of) => [of.input, ...changes(of)]);
	return [...new Set(all.filter((name) => name !== out)), out];
}

export const figure: Figure<State, ModelConfig> = {
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

	needs: () => ['blocks'],
	// Where there are stages, what goes through several blocks is followed inside one of them.
	taps,

	reveals: { larger }
};

/** Picks the taps of a block that the stream's growth is computed from. */
export function blockTaps(tap: Tap, { stem, input }: BlockAt): BlockTaps {
	return {
		input: tap(input).data,
		attention: tap(`${stem}.attn.out`).data,
		feedForward: tap(`${stem}.mlp.out`).data,
		out: tap(`${stem}.out`).data
	};
}
