import { weightPercent } from '../../marks/numbers';
import { ranked } from '../../analysis/vectors';
import { tokenGrid, type ViTConfig } from '../../engine/vit/config';
import { AttributeReader, clampIndex } from '../kit/attributes';
import type { Reveal, Figure, FigureRun, Tap } from '../figure';
import { CLS, hasCls, placeOf, type Grid } from '../../marks/tokens';
import { transformerBlockAt } from '../kit/blocks';
import { lastLayerNames } from '../kit/last-layer';
import { readToken, tokenOf, type TokenChoice } from '../kit/token-choice';
import { headRow, PARTS, type Part } from './rows';
import { tokenName } from './words';

export const VIEWS = ['project', 'dot', 'scale', 'softmax', 'sum', 'matrix', 'together'] as const;
export type View = (typeof VIEWS)[number];

export interface AttentionState {
	readonly view: View;
	/** Counted from 0; the last one where the model has fewer. */
	readonly block: number;
	readonly head: number;
	/** The query. */
	readonly token: TokenChoice;
	/** The key that is stepped through; by default the one that gets the largest weight. */
	readonly key: TokenChoice | 'strongest';
	/** Which of the two a click on the photo chooses. */
	readonly pick: 'query' | 'key';
	/** What is taken apart in the projection: feature `feature` of this part. */
	readonly part: Part;
	readonly feature: number;
}

/** Block, head and their sizes as this model has them. */
export function placeIn(config: ViTConfig, { block, head }: { block: number; head: number }) {
	return {
		block: clampIndex(block, config.depth),
		head: clampIndex(head, config.heads),
		headSize: config.dim / config.heads
	};
}

/** Besides the queries and keys that scores are made of, see {@link stepsKey}. */
const OF_VIEW: Record<View, readonly string[]> = {
	project: ['norm1', 'query', 'key', 'value'],
	dot: ['attn.scores'],
	scale: ['attn.scores'],
	softmax: ['attn.scores', 'attn.pattern'],
	sum: ['attn.scores', 'attn.pattern', 'value', 'attn.head_out'],
	matrix: ['attn.pattern'],
	together: ['attn.head_out', 'attn.out']
};

/** Whether a key is stepped through, and multiplied with the query. */
export const stepsKey = (view: View): boolean => ['dot', 'scale', 'softmax'].includes(view);

/** The taps of a block's queries and keys as its scores are made of them. */
export function scoredTaps(config: ViTConfig, block: number): readonly [query: string, key: string] {
	const { stem, scored } = transformerBlockAt(config, block);
	return [`${stem}.${scored[0]}`, `${stem}.${scored[1]}`];
}

/** Parameters by view. */
function parameters(config: ViTConfig, view: View, block: number): string[] {
	if (view === 'together') return lastLayerNames(config, `blocks.${block}`, 'proj');
	if (view !== 'project') return [];
	const qkv = `parameters.blocks.${block}.qkv`;
	return [`${qkv}.weight`, ...(config.qkvBias ? [`${qkv}.bias`] : [])];
}

/** The block and head that the prediction asks about: the first of all. */
const ASKED = { block: 0, head: 0 };

/** Where the largest weight goes, as the choices of the prose have it; null for a token that is none of them. */
export function whereTo(query: number, key: number, grid: Grid): 0 | 1 | 2 | 3 | null {
	if (key === query) return 0;
	if (key === CLS && hasCls(grid)) return 3;
	const [from, to] = [placeOf(query, grid), placeOf(key, grid)];
	if (!from || !to) return null;
	return Math.max(Math.abs(from.row - to.row), Math.abs(from.column - to.column)) === 1 ? 1 : 2;
}

const strongest: Reveal = {
	taps: () => [`blocks.${ASKED.block}.attn.pattern`],
	answer({ model: { config } }: FigureRun, tap: Tap) {
		const query = tokenOf(config, 'centre');
		const grid = tokenGrid(config);
		const weights = headRow(tap(`blocks.${ASKED.block}.attn.pattern`), ASKED.head, query);
		const [first = 0, second = 0] = ranked(weights);
		const name = (token: number) => (token === query ? 'itself' : tokenName(token, grid));
		const choice = whereTo(query, first, grid);
		return {
			choice,
			sentence: `${choice === null ? 'None of these. ' : ''}On this photo it gives ${weightPercent(weights[first] ?? 0)} to ${name(first)}, and the next largest weight, ${weightPercent(weights[second] ?? 0)}, to ${name(second)}.`
		};
	}
};

export const figure: Figure<AttentionState> = {
	name: 'attention',
	title: 'Attention of one token in one head, step by step',
	parse(attributes) {
		const read = new AttributeReader(attributes);
		const key = read.text('key', 'strongest');
		const state: AttentionState = {
			view: read.oneOf('view', VIEWS, 'project'),
			block: read.index('block', 0),
			head: read.index('head', 0),
			token: readToken(read.text('token', 'centre')),
			key: key === 'strongest' ? key : readToken(key, 'key'),
			pick: read.oneOf('pick', ['query', 'key'], 'query'),
			part: read.oneOf('part', PARTS, 'query'),
			feature: read.whole('feature', 0)
		};
		read.end();
		return state;
	},
	taps(config, state) {
		const { block } = placeIn(config, state);
		const { view } = state;
		return [
			...(stepsKey(view) ? scoredTaps(config, block) : []),
			...OF_VIEW[view].map((name) => `blocks.${block}.${name}`),
			...parameters(config, view, block)
		];
	},
	reveals: { strongest }
};
