import type { ViTConfig } from '../../engine/vit/config';
import { headPart, headRow } from '../attention/rows';
import { placeIn, scoredTaps } from '../attention/figure';
import type { Figure, Tap } from '../figure';
import { AttributeReader } from '../kit/attributes';
import { readToken, type TokenChoice } from '../kit/token-choice';
import { PLAIN } from '../kit/ways';
import { filmOf, type Film } from './film';
import { firstBlock, patternsOf, UNCHOSEN } from './opening';
import { SCENES, type SceneName } from './scenes';
import { STAGES, type Stage } from './toy';

export const VIEWS = ['toy', 'film'] as const;

export interface FilmState {
	/** Three keys that the reader drags, or the head of the run. */
	readonly view: (typeof VIEWS)[number];
	/** How far the toy goes. */
	readonly stage: Stage;
	/** Where the film stands when its step is reached. */
	readonly scene: SceneName;
	/** Counted from 0; {@link UNCHOSEN} while the page is to find a head. */
	readonly block: number;
	readonly head: number;
	/** The query. */
	readonly token: TokenChoice;
}

/** The taps of one block that a film is made of; the pattern is the last, for the ledger. */
function blockTaps(config: ViTConfig, block: number): string[] {
	const [query, key] = scoredTaps(config, block);
	const own = ['value', 'attn.scores', 'attn.head_out', 'attn.pattern'].map((name) => `blocks.${block}.${name}`);
	return [query, key, ...own];
}

/** What one head of a block makes of one query, from the taps that {@link figure} declares. */
export function readFilm(config: ViTConfig, tap: Tap, at: { block: number; head: number }, query: number): Film {
	const { block, head } = placeIn(config, at);
	const [queries, keys] = scoredTaps(config, block);
	const own = (name: string) => tap(`blocks.${block}.${name}`);
	return filmOf({
		query,
		vector: headRow(tap(queries), head, query),
		keys: headPart(tap(keys), head),
		values: headPart(own('value'), head),
		scores: headRow(own('attn.scores'), head, query),
		weights: headRow(own('attn.pattern'), head, query),
		out: headRow(own('attn.head_out'), head, query)
	});
}

export const figure: Figure<FilmState> = {
	name: 'film',
	title: 'Attention of one token in one head, step by step',
	parse(attributes) {
		const read = new AttributeReader(attributes);
		const state: FilmState = {
			view: read.oneOf('view', VIEWS, 'film'),
			stage: read.oneOf('stage', STAGES, 'products'),
			scene: read.oneOf('scene', SCENES, 'ask'),
			block: read.index('block', UNCHOSEN),
			head: read.index('head', 0),
			token: readToken(read.text('token', 'cls'))
		};
		read.end();
		return state;
	},
	// The toy is made up, and says so: it can be dragged whatever model is in use, and nothing is asked of its sizes.
	needs: ({ view }) => (view === 'toy' ? [] : PLAIN),
	taps(config, { view, block, head }) {
		if (view === 'toy') return [];
		if (block !== UNCHOSEN) return blockTaps(config, placeIn(config, { block, head }).block);
		return [...new Set([...patternsOf(config), ...blockTaps(config, firstBlock(config))])];
	}
};
