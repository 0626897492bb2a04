import { isInterpolated, prefixNames, prefixTokens, type ViTConfig } from '../../engine/vit/config';
import { patchGrid } from '../../engine/config';
import { anatomyOf } from '../../engine/families';
import { AttributeReader, clampIndex } from '../kit/attributes';
import type { Figure } from '../figure';
import { centrePatch } from '../kit/token-choice';
import { PLAIN } from '../kit/ways';
import { namesRead } from './experiment';
import { shuffle } from './reveal';

export const VIEWS = ['shuffle', 'learned', 'sines', 'added', 'number', 'resize'] as const;
/** How many times larger the picture is that the positions are resized for. */
export const TIMES = ['1.5', '2', '3'] as const;

export interface State {
	view: (typeof VIEWS)[number];
	/** Whether positions are added to the tokens. */
	positions: boolean;
	/** Which shuffle; 0 leaves the patches in order. */
	seed: number;
	/** The patch whose position is looked at, counted from 0; -1 is one in the middle. */
	position: number;
	/** One number of every position, counted from 0. */
	feature: number;
	times: (typeof TIMES)[number];
}

/** The chosen patch of this model, counted from 0. */
export function positionOf(config: ViTConfig, { position }: Pick<State, 'position'>): number {
	const { rows, columns } = patchGrid(config);
	return position < 0 ? centrePatch(config) : clampIndex(position, rows * columns);
}

/** The positions of the patches, without those of the tokens before them. @returns (patches, dim), a view */
export function patchPositions(data: Float32Array, config: ViTConfig): Float32Array {
	return data.subarray(prefixTokens(config) * config.dim);
}

/** A sentence on the tokens to which the model adds no position; empty where each has one. */
export function withoutPosition(config: ViTConfig): string {
	const names = prefixNames(config).slice(config.positions.prefix);
	const [first] = names;
	if (first === undefined) return '';
	return names.length === 1
		? `${first} stands for no patch and has no position in this model.`
		: `${first} to ${names.at(-1)} stand for no patch and have no position in this model.`;
}

/** A sentence on positions that are no longer as they were learned; empty where they are. */
export function interpolatedWords(config: ViTConfig): string {
	if (!isInterpolated(config)) return '';
	const { rows, columns } = patchGrid(config);
	return `They were learned for ${config.positions.grid.join(' × ')} patches (rows × columns), and are interpolated for the ${rows} × ${columns} of this run.`;
}

/** What the positions are, what they do, and what the model is without them. */
export const figure: Figure<State> = {
	name: 'positions',
	title: 'Where each patch is',
	parse(attributes) {
		const read = new AttributeReader(attributes);
		const state: State = {
			view: read.oneOf('view', VIEWS, 'shuffle'),
			positions: read.flag('positions', true),
			seed: read.whole('seed', 0),
			position: read.whole('position', -1),
			feature: read.whole('feature', 0),
			times: read.oneOf('times', TIMES, '2')
		};
		read.end();
		return state;
	},
	needs: ({ view }) => [
		...PLAIN,
		'positions',
		...(view === 'added' || view === 'number' ? (['projection'] as const) : [])
	],
	taps(config, { view }) {
		if (view === 'shuffle') return namesRead(config);
		if (view === 'added') return ['parameters.pos_embed', 'patch_embed', anatomyOf(config).sum];
		return [view === 'number' ? 'patch_embed' : 'parameters.pos_embed'];
	},
	reveals: { shuffle }
};
