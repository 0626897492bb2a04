import { specOf } from '../kit/where';
import { tokenGrid, type ViTConfig } from '../../engine/vit/config';
import { firstPatch, placeOf, type Grid } from '../../marks/tokens';
import { AttributeReader } from '../kit/attributes';
import { transformerBlockAt } from '../kit/blocks';
import { readToken, tokenOf, type TokenChoice } from '../kit/token-choice';
import type { Figure } from '../figure';

export const VIEWS = ['hand', 'run'] as const;

/** Places that a query and a key can be moved to by hand, counted from 1 as a reader sees them. */
export const PLACES = 12;
/** Of the slider, in degrees for each place. */
export const DEGREES = { min: 0, max: 90, step: 5 } as const;

export interface State {
	/** Turned by hand, or as the run turned them. */
	readonly view: (typeof VIEWS)[number];
	/** Counted from 0; the last one where the model has fewer. */
	readonly block: number;
	readonly head: number;
	/** The token whose query is shown. */
	readonly token: TokenChoice;
	/** The token whose key is shown; a patch near the query's by default. */
	readonly key: TokenChoice | 'near';
	/** Which of the two a click on the photo chooses. */
	readonly pick: 'query' | 'key';
	/** Two features of the head, counted from 0; -1 is the pair in which the two are longest. */
	readonly pair: number;
	/** By hand: where the two stand, from 1 to {@link PLACES}, and the turn for each place in degrees. */
	readonly queryPlace: number;
	readonly keyPlace: number;
	readonly degrees: number;
}

/** The taps of a block's queries and keys after they were turned; null of a model that does not turn them. */
export function turnedTaps(config: ViTConfig, block: number): readonly [query: string, key: string] | null {
	const { stem } = transformerBlockAt(config, block);
	const names = [`${stem}.attn.rotated_query`, `${stem}.attn.rotated_key`] as const;
	return names.every((name) => specOf(name, config)) ? names : null;
}

/** The taps of a block's queries and keys as they were made. */
export function madeTaps(config: ViTConfig, block: number): readonly [query: string, key: string] {
	const { stem } = transformerBlockAt(config, block);
	return [`${stem}.query`, `${stem}.key`];
}

/** The tokens whose query and key are shown, in this model. */
export function tokensOf(
	config: ViTConfig,
	{ token, key }: Pick<State, 'token' | 'key'>
): [query: number, key: number] {
	const query = tokenOf(config, token);
	return [query, key === 'near' ? nearOf(query, tokenGrid(config)) : tokenOf(config, key)];
}

/**
 * A patch one row and two columns further, or before where there are none, so that both directions turn them unlike; of a
 * token before the patches, the first patch.
 */
function nearOf(token: number, grid: Grid): number {
	const place = placeOf(token, grid);
	const first = firstPatch(grid);
	if (!place) return first;
	const near = (at: number, by: number, count: number) => (at + by < count ? at + by : Math.max(0, at - by));
	return first + near(place.row, 1, grid.rows) * grid.columns + near(place.column, 2, grid.columns);
}

/**
 * Two patches moved together, so that they are as far apart as before.
 * @returns their tokens; null where one of them would leave the photo, or stands for no patch
 */
export function movedTogether(
	tokens: readonly [query: number, key: number],
	[down, right]: readonly [down: number, right: number],
	grid: Grid
): [query: number, key: number] | null {
	const [query, key] = tokens.map((token) => {
		const place = placeOf(token, grid);
		if (!place) return null;
		const [row, column] = [place.row + down, place.column + right];
		const isInside = row >= 0 && row < grid.rows && column >= 0 && column < grid.columns;
		return isInside ? token + down * grid.columns + right : null;
	});
	return typeof query === 'number' && typeof key === 'number' ? [query, key] : null;
}

/** Where a query and a key stand, told by turning them. */
export const figure: Figure<State> = {
	name: 'rotary',
	title: 'A place as a turn',
	parse(attributes) {
		const read = new AttributeReader(attributes);
		const key = read.text('key', 'near');
		const state: State = {
			view: read.oneOf('view', VIEWS, 'hand'),
			block: read.index('block', 0),
			head: read.index('head', 0),
			token: readToken(read.text('token', 'centre')),
			key: key === 'near' ? key : readToken(key, 'key'),
			pick: read.oneOf('pick', ['query', 'key'], 'query'),
			pair: read.whole('pair', -1),
			queryPlace: placeFrom(read, 'query-place', 3),
			keyPlace: placeFrom(read, 'key-place', 5),
			degrees: Math.min(DEGREES.max, read.whole('degrees', 20))
		};
		read.end();
		return state;
	},
	taps(config, { view, block }) {
		return [...madeTaps(config, block), ...((view === 'run' && turnedTaps(config, block)) || [])];
	}
};

function placeFrom(read: AttributeReader, name: string, fallback: number): number {
	const place = read.whole(name, fallback);
	if (place < 1 || place > PLACES) throw new Error(`'${name}' must be from 1 to ${PLACES}, and is ${place}.`);
	return place;
}
