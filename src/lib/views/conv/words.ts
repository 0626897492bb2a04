import type { ReceptiveField, Span } from '../../analysis/receptive-field';
import { gridSize } from '../../marks/tokens';
import type { BlockMap } from './patterns';

/** What stands in the blocks of a CNN where others have heads. */
export const CHANNELS = {
	one: 'Channel',
	many: /* @wc-include */ 'channels',
	every: 'The most active channels',
	mean: 'All channels',
	ownScale: 'Colours reach up to each channel’s own largest magnitude',
	sharedScale: 'One scale for all channels of the chosen block',
	picture: 'Most active channels',
	maps: 'feature maps',
	file: /* @wc-ignore */ 'feature maps'
} as const;

/** What the places of a map are called. */
export const PLACE_WORDS = {
	one: /* @wc-include */ 'place',
	many: /* @wc-include */ 'places',
	vector: /* @wc-include */ 'vector',
	none: 'no place is'
} as const;

/** `Channel 17`, counted from 1. */
export const channelName = (channel: number): string => `Channel ${channel + 1}`;

/** What the block's map is. */
export function mapSentence({ rows, columns, heads, cell }: BlockMap): string {
	return `Its map has ${gridSize({ rows, columns }, 'places')} and ${heads} channels. A place stands for ${cell} × ${cell} pixels of the model’s input.`;
}

/** What a unit can depend on, and how much of that the photo has. */
export function fieldSentence({ height, width, rows, columns }: ReceptiveField): string {
	const isCut = length(rows) < height || length(columns) < width;
	const there = `rows ${rows[0] + 1} to ${rows[1] + 1}, columns ${columns[0] + 1} to ${columns[1] + 1}`;
	return `By its kernels and strides it can see ${width} × ${height} px${isCut ? ', of which the input has' : ':'} ${there}.`;
}

const length = ([first, last]: Span) => last - first + 1;
