import { attentionOf, attentionDistance } from '../../analysis/attention';
import type { ViTConfig } from '../../engine/vit/config';
import { AttributeReader, clampIndex } from '../kit/attributes';
import type { Reveal, Figure } from '../figure';
import { readToken, type TokenChoice } from '../kit/token-choice';
import { num } from '../attention/words';
import { allWeights } from '../heads/figure';
import { CNN, PLACE_COUNT, placeBeside } from './field';

export const VIEWS = ['distance', 'field'] as const;
export type View = (typeof VIEWS)[number];

/** Where in the CNN: at the block's own relative depth, or at one of its places, counted from 0. */
export type PlaceChoice = 'same' | number;

export interface CnnState {
	readonly view: View;
	/** Counted from 0; the last one where the model has fewer. */
	readonly block: number;
	/** The patch that looks, and around which the CNN's square lies. */
	readonly token: TokenChoice;
	readonly place: PlaceChoice;
}

/** The block as this model has it. */
export const blockOf = ({ depth }: Pick<ViTConfig, 'depth'>, { block }: Pick<CnnState, 'block'>): number =>
	clampIndex(block, depth);

const nameOf = (block: number) => `blocks.${block}.attn.pattern`;

/** Whether none, some or all heads look further than that, as the choices of the prose have it. */
export function howMany(distances: readonly number[], than: number): 0 | 1 | 2 {
	const further = distances.filter((distance) => distance > than).length;
	if (further === 0) return 0;
	return further < distances.length ? 1 : 2;
}

const far: Reveal = {
	taps: () => [nameOf(0)],
	answer({ model: { config } }, tap) {
		const attention = attentionOf(tap(nameOf(0)), config);
		const distances = Array.from({ length: config.heads }, (_, head) => attentionDistance(attention, head));
		const { title, distance } = placeBeside(0, config);
		const further = distances.filter((mine) => mine > distance).length;
		return {
			choice: howMany(distances, distance),
			sentence: `On this photo the heads of block 1 have mean distances from ${num(Math.min(...distances))} to ${num(Math.max(...distances))} pixels. ${CNN}, when it is about as deep, has come to the end of ${title.toLowerCase()}, where a unit’s effective field lies ${num(distance)} pixels from it on average (recorded): ${further} of ${distances.length} heads look further.`
		};
	}
};

export const figure: Figure<CnnState> = {
	name: 'cnn',
	title: 'How far attention looks, and how far a CNN can see',
	parse(attributes) {
		const read = new AttributeReader(attributes);
		const state: CnnState = {
			view: read.oneOf('view', VIEWS, 'distance'),
			block: read.index('block', 0),
			token: readToken(read.text('token', 'centre')),
			place: read.wholeOr('place', 'same')
		};
		if (state.place !== 'same' && state.place >= PLACE_COUNT)
			throw new Error(`'place' must be ${PLACE_COUNT - 1} at most, and is ${state.place}.`);
		read.end();
		return state;
	},
	taps: (config, state) => (state.view === 'distance' ? allWeights(config) : [nameOf(blockOf(config, state))]),
	reveals: { far }
};
