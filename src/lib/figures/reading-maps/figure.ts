import { ranked } from '../../analysis/vectors';
import { tokenGrid, type ViTConfig } from '../../engine/vit/config';
import { AttributeReader } from '../kit/attributes';
import type { Reveal, Figure } from '../figure';
import { hasCls } from '../../marks/tokens';
import { placeIn } from '../attention/figure';
import { readToken, type TokenChoice } from '../kit/token-choice';
import { num, tokenName } from '../attention/words';
import { outliersOf, tokenNorms } from '../../analysis/token-norms';
import { regionOf } from './received';

export const VIEWS = ['compare', 'norms'] as const;
export type View = (typeof VIEWS)[number];

export interface ReadingState {
	readonly view: View;
	/** Counted from 0; the last one where the model has fewer. */
	readonly block: number;
	readonly head: number;
	readonly token: TokenChoice;
	/** Whether the maps that are compared share one scale, or each ends at its own largest value. */
	readonly scale: 'own' | 'shared';
}

/** The weights of the blocks up to and including `block`: what rollout multiplies. */
export function weightsUpTo(block: number): string[] {
	return Array.from({ length: block + 1 }, (_, i) => `blocks.${i}.attn.pattern`);
}

/** What leaves each block, whose lengths are compared. */
export function allOuts({ depth }: Pick<ViTConfig, 'depth'>): string[] {
	return Array.from({ length: depth }, (_, i) => `blocks.${i}.out`);
}

const lastOut = ({ depth }: ViTConfig) => `blocks.${depth - 1}.out`;

const longest: Reveal = {
	taps: (config) => [lastOut(config)],
	answer({ model: { config } }, tap) {
		const norms = tokenNorms(tap(lastOut(config)));
		const [first = 0] = ranked(norms);
		const grid = tokenGrid(config);
		const { median } = outliersOf(norms, grid.prefix.length);
		const choice = regionOf(first, grid);
		const none = choice === null ? 'None of these. ' : '';
		const cls = hasCls(grid) ? `, and CLS has ${num(norms[0] ?? 0)}` : '';
		return {
			choice,
			shows: { token: first },
			sentence: `${none}After the last block the longest is ${tokenName(first, grid)}, with ${num(norms[first] ?? 0)}; half of all patches are shorter than ${num(median)}${cls}.`
		};
	}
};

export const figure: Figure<ReadingState> = {
	name: 'reading-maps',
	title: 'What an attention map shows, and what it leaves out',
	parse(attributes) {
		const read = new AttributeReader(attributes);
		const state: ReadingState = {
			view: read.oneOf('view', VIEWS, 'compare'),
			block: read.index('block', Number.MAX_SAFE_INTEGER),
			head: read.index('head', 0),
			token: readToken(read.text('token', 'cls')),
			scale: read.oneOf('scale', ['own', 'shared'], 'own')
		};
		read.end();
		return state;
	},
	taps(config, state) {
		const { block } = placeIn(config, state);
		return state.view === 'compare' ? weightsUpTo(block) : [`blocks.${block}.attn.pattern`, ...allOuts(config)];
	},
	reveals: { longest }
};
