import type { ViTConfig } from '../../engine/vit/config';
import { AttributeReader } from '../kit/attributes';
import type { Figure } from '../figure';
import { placeIn } from '../attention/figure';
import { readToken, type TokenChoice } from '../kit/token-choice';

export const VIEWS = ['maps', 'depth'] as const;
export type View = (typeof VIEWS)[number];
const MEASURES = ['distance', 'entropy'] as const;
export type Measure = (typeof MEASURES)[number];
/** Each map up to its own largest weight, or all on one scale. */
const SCALES = ['own', 'shared'] as const;
export type Scale = (typeof SCALES)[number];

export interface HeadsState {
	readonly view: View;
	/** Counted from 0; the last one where the model has fewer. */
	readonly block: number;
	readonly head: number;
	readonly token: TokenChoice;
	readonly measure: Measure;
	readonly scale: Scale;
}

/** The weights of every block. */
export function allWeights(config: ViTConfig): string[] {
	return Array.from({ length: config.depth }, (_, block) => `blocks.${block}.attn.pattern`);
}

export const figure: Figure<HeadsState> = {
	name: 'heads',
	title: 'What the heads do differently on this photo',
	parse(attributes) {
		const read = new AttributeReader(attributes);
		const state: HeadsState = {
			view: read.oneOf('view', VIEWS, 'maps'),
			block: read.index('block', 0),
			head: read.index('head', 0),
			token: readToken(read.text('token', 'centre')),
			measure: read.oneOf('measure', MEASURES, 'distance'),
			scale: read.oneOf('scale', SCALES, 'own')
		};
		read.end();
		return state;
	},
	taps: (config, state) =>
		state.view === 'depth' ? allWeights(config) : [`blocks.${placeIn(config, state).block}.attn.pattern`]
};
