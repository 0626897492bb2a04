import type { Attention } from '../analysis/attention';
import type { Domain } from '../marks/raster';
import type { Grid } from '../marks/tokens';
import type { Shown } from '../run/shown';
import type { HeadChoice } from '../run/selection.svelte';
import type { FeaturesOf, Overlay } from '../run/url';
import type { ViewSettings } from '../run/view-settings.svelte';
import type { FeaturePlace } from './feature-place';
import type { Making, Sources, Workshop } from './making.svelte';
import type { Looking } from './looking';

/** Rows and columns of values. */
export type Raster = Pick<Grid, 'rows' | 'columns'>;

/** Something that may lie over the photo. What depends on the run and the query is asked for when it is drawn. */
export interface OverlayEntry {
	/** What it is called in a link. */
	readonly id: Overlay;
	/** What it is called in a list. */
	readonly name: string;
	/** What the large figure shows with it, in a few words. */
	title(): string;
	/** What has to be made before it can be drawn, in this order; nothing of what every run hands out. */
	made?(): readonly Making<unknown>[];
	/** The block on whose tokens it lies, counted from 0; null of one on the patches as the model cuts them. */
	block?(): number | null;
	/** Whether that is the chosen block, so that another one can be chosen without another overlay. */
	readonly followsBlock?: boolean;
	/** Rows and columns of the values, where they are finer than the tokens. */
	raster?(): Raster;
	/** One a token of the view's grid or of the raster, row by row; null where nothing, or something else, is drawn over the photo. */
	values(): Float32Array | null;
	/** Red, green and blue of each, in place of values. */
	colours?(): Uint8ClampedArray | null;
	/** How much of what is to be told each of the three tells, in [0, 1]. */
	shares?(): readonly number[] | null;
	/** 1 of each that is in the mask, and 0 of the others. */
	mask?(): Uint8Array | null;
	/** What the colours reach from and up to. */
	domain(values: Float32Array): Domain;
	/** What the scale is or, without values, why there are none; empty where neither needs a word. */
	sentence(): string;
	/** Whether little is transparent; values that do not start at 0 are drawn in full. */
	readonly alpha: 'ramp' | 'opaque';
	/** Whether values lie on both sides of 0, which is the middle of the domain then. */
	readonly isSigned?: boolean;
	/** A token with its value. @param name of the token */
	say(token: number, name: string): string;
}

/** Those that are not there are read one by one, and nobody keeps them. One a block, first to last. */
export type Sequences = (read: Sources['read']) => readonly (Attention | (() => Promise<Attention>))[];

/** What overlays know of the view that they belong to. */
export interface OverlayHost {
	readonly shown: Shown | null;
	readonly selection: Looking;
	readonly settings: ViewSettings;
	/** Of the tokens that the overlay lies on. */
	readonly grid: Grid;
	/** The query, as a token of that grid. */
	readonly token: number;
	/** Whether the chosen head has a map: asked to know on whose tokens the query is, and so before there is one of the query. */
	readonly hasMap: boolean;
	/** The query's attention in the chosen head; null where there is none. */
	readonly values: Float32Array | null;
	/** The attention of each block, mean over its heads, where it is of one sequence; else null. */
	readonly sequences: Sequences | null;
	/** Makes what no run hands out by itself. */
	readonly workshop: Workshop;
	blockName(block: number): string;
	memberName(member: HeadChoice): string;
	/** What the places of its maps are called, what stands at one, and how a sentence begins that none of them is something. */
	readonly called: { readonly one: string; readonly many: string; readonly vector: string; readonly none: string };
	/** Where the features of its tokens are read; null of a model that has none, and while nothing is shown. */
	featurePlace(of: FeaturesOf): FeaturePlace | null;
	/** What follows its last block, of which features are read. */
	readonly lastNamed: string;
	/** What is known of tokens that are far longer than the others; empty where nothing is. */
	readonly farOut: string;
}

/** What shows a picture alone. */
const bare = (id: Overlay, name: string, title: string): OverlayEntry => ({
	id,
	name,
	title: () => title,
	values: () => null,
	domain: () => [0, 1],
	sentence: () => '',
	alpha: 'ramp',
	say: (_, name) => name
});

export const PHOTO = bare('photo', 'Nothing', 'The photo, as far as the model sees it');
export const PATCHES = bare('patches', 'The patches', 'The patches, cut from the pixels that the model saw');
