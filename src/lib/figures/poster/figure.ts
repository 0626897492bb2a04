import type { ViTConfig } from '../../engine/vit/config';
import type { Figure } from '../figure';
import { patternsOf } from '../film/opening';
import { AttributeReader } from '../kit/attributes';
import { PLAIN } from '../kit/ways';

export type PosterState = Record<string, never>;

/** The taps that a poster is drawn from: how long the embeddings are, and where every block looks. */
export const posterTaps = (config: ViTConfig): string[] => ['patch_embed', ...patternsOf(config)];

export const figure: Figure<PosterState> = {
	name: 'poster',
	title: 'The journey of this photo',
	parse(attributes) {
		new AttributeReader(attributes).end();
		return {};
	},
	needs: () => [...PLAIN, 'projection'],
	taps: posterTaps
};
