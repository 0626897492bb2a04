import type { Component } from 'svelte';
import type { Attention } from '../analysis/attention';
import type { HeadShare, ShareBox } from '../analysis/box-share';
import type { Pause } from '../base/slices';
import type { Domain } from '../marks/raster';
import type { Grid } from '../marks/tokens';
import type { HeadChoice, Selection } from '../run/selection.svelte';
import type { Picture } from '../run/shown';
import type { ViewSettings } from '../run/view-settings.svelte';
import type { Making, Workshop } from './making.svelte';
import type { LookedFrom } from './looking';
import type { GridMap, Maxima } from './maps';
import type { OverlayEntry, Raster } from './overlays';

/** What lies over the photo, with its scale. */
export interface Overlaid {
	/** One a patch or token of the view's grid, or of the raster, row by row; NaN where the query cannot look; null for the photo alone. */
	readonly values: Float32Array | null;
	/** Rows and columns of the values; those of the view's grid, unless they are finer. */
	readonly raster: Raster;
	/** Red, green and blue of each patch or token, in place of values; null where values are drawn. */
	readonly colours: Uint8ClampedArray | null;
	/** How much of what is to be told red, green and blue each tell, in [0, 1]; null where there are no such colours. */
	readonly shares: readonly number[] | null;
	/** 1 a patch that belongs to a mask, and 0 of the others; null where there is none. */
	readonly mask: Uint8Array | null;
	readonly domain: Domain;
	/** What the scale is or, without values, why there are none; empty where neither needs a word. */
	readonly note: string;
	/** Whether little is transparent; values that do not start at 0 are drawn in full. */
	readonly alpha: 'ramp' | 'opaque';
	/** Whether values lie on both sides of 0: a map of colours for such is needed. */
	readonly isSigned: boolean;
}

/** Blocks whose maps have one size and number of heads: they make one grid, a row a block and a column a head. */
export interface MapGroup {
	/** Over the grid; empty where it is the only one. */
	readonly title: string;
	/** For those who cannot see it. */
	readonly label: string;
	/** Under a picture of it that stands by itself, with a sentence about its scale or its tokens. */
	readonly caption: string;
	readonly note: string;
	/** The first of its blocks, counted from 0 among all, and how many there are. */
	readonly first: number;
	readonly blocks: number;
	/** Of each map. */
	readonly rows: number;
	readonly columns: number;
}

/** What stands side by side in a block, each with a map of its own: heads, or channels. */
export interface BlockMembers {
	/** `Head`: one of them, and what all of them are called in a sentence. */
	readonly one: string;
	readonly many: string;
	/** Over the small maps: `Every head`. */
	readonly every: string;
	/** Those of the chosen block that can be chosen, counted from 0, in the order in which they are offered. */
	readonly offered: readonly number[];
	/** All of them together, as a choice among them. */
	readonly mean: string;
	/** What the two scales of their maps are: of each its own, or of which of them. */
	readonly ownScale: string;
	readonly sharedScale: string;
	/** All of their maps. */
	readonly maps: string;
	/** A picture of their small maps, and a file of the numbers of all. */
	readonly picture: string;
	readonly file: string;
}

/** A block on the pipeline rail. */
export interface BlockStop {
	readonly label: string;
	/** The mean over its heads of the query's map; null before the first run. */
	readonly values: Float32Array | null;
	readonly grid: Pick<Grid, 'rows' | 'columns'>;
}

/** What the heads of the chosen block are like: a row a head, then their average. */
export interface HeadTable {
	readonly caption: string;
	readonly columns: readonly { readonly name: string; readonly unit: string; readonly title: string }[];
	/**
	 * What measures each row, with pauses in between, and says it in one text a column. Nothing is measured yet: with a large
	 * model that would keep the page busy for too long. Empty while there is no run.
	 */
	readonly rows: readonly ((pause: Pause) => Promise<readonly string[]>)[];
	/** A sentence under the table; empty where nothing need be said. */
	readonly note: string;
}

/** The query's line of the attention, as it is laid over the photo. */
export interface Line {
	/** `rows * columns` weights in [0, 1], row-major; NaN where the query cannot look. */
	readonly values: Float32Array;
	readonly rows: number;
	readonly columns: number;
	/** What lies on no patch: on the tokens before them or, in a window, on padding. */
	readonly before: number;
}

/** One head's attention between all tokens of a sequence. */
export interface Whole {
	readonly attention: Attention;
	readonly head: number;
}

/** What one row of the attention is like, or the mean of many. */
export interface Figures {
	/** In nats. */
	readonly entropy: number;
	/** In pixels of the model's input; null of a token without a place. */
	readonly distance: number | null;
	/** What CLS gets, in [0, 1]; null where there is none. */
	readonly cls: number | null;
}

/** What a panel that only one family has is given. */
export interface PanelProps<V> {
	readonly view: V;
	readonly selection: Selection;
	readonly settings: ViewSettings;
}

type AsMethod<F extends (...args: never[]) => unknown> = { call(...args: Parameters<F>): ReturnType<F> }['call'];

/** A component that a view brings, which is only ever given that view: so one of a family passes for one of any. */
export type Panel<V = ModelView> = AsMethod<Component<PanelProps<V>>>;
/** The same of what is drawn over the photo. */
export type Marks<V = ModelView> = AsMethod<Component<{ readonly view: V }>>;

/** What a family shows that others do not have; null where there is nothing. */
export interface Panels<V = ModelView> {
	/** Over the photo, beside what every view has there. */
	readonly over: Marks<V> | null;
	/** Beside the large figure, and below it. */
	readonly beside: Panel<V> | null;
	readonly below: Panel<V> | null;
	/** About the query token. */
	readonly query: Panel<V> | null;
	/** In place of the grid of every head. */
	readonly maps: Panel<V> | null;
}

/**
 * Everything that the figures draw, derived from a run, a selection and the settings: what differs between families is a
 * member here. It lives as long as its run is shown. Following the pointer reads rows of arrays that are already there;
 * the model does not run again.
 */
export interface ModelView extends LookedFrom {
	/** The patches as the model cuts them; a single one while nothing is shown, which keeps the figure's place. */
	readonly patchGrid: Grid;
	/** The part of the photo that the model saw, as sharp as the photo is. */
	readonly sharp: Picture | null;
	/** The model's input, taken apart into its patches. */
	readonly patches: Picture | null;
	/** What lies under the map, and reaches as far as it does. */
	readonly picture: Picture | null;
	/** Whether lines lie between the patches. */
	readonly showGrid: boolean;

	/** How far the map reaches, in shares of the picture's sides: 1 where it ends with the picture. */
	readonly extent: { readonly width: number; readonly height: number };
	/** What the pointer is over, as a token of the map. */
	readonly hovered: number | null;
	hover(token: number | null): void;
	pick(token: number): void;
	/** A token of the map with its value, for the tooltip and to be spoken. */
	describe(token: number): string;

	/** All that may lie over the photo, in the order of the model; what does is `overlaid`. */
	readonly overlays: readonly OverlayEntry[];
	readonly overlay: OverlayEntry;
	readonly overlaid: Overlaid;
	/** The block on whose tokens the overlay lies, counted from 0; null of what lies on the patches as the model cuts them. */
	readonly placed: number | null;
	/** Makes what no run hands out by itself, while an overlay needs it. */
	readonly workshop: Workshop;
	/** What it draws beside the overlay and no run hands out by itself, in the order in which it is made. */
	readonly made: readonly Making<unknown>[];
	/** What the large figure shows, in a few words. */
	readonly title: string;
	/** The query's attention in the chosen head, over the map; null where there is none. */
	readonly values: Float32Array | null;

	/** `Block 4`, or `Stage 2, block 1`. @param block counted from 0 among all */
	blockName(block: number): string;
	readonly members: BlockMembers;
	/** `Head 3`, or what the mean of them is called. @param member counted from 0 */
	memberName(member: HeadChoice): string;
	/** Names of all blocks, in their order. */
	readonly blockNames: readonly string[];
	readonly groups: readonly MapGroup[];
	/** The query's map in every head, a row a block: as many numbers as the block's group says. */
	readonly maps: readonly (readonly GridMap[])[];
	readonly maxima: Maxima;
	/** Whether the small maps have values on both sides of 0. */
	readonly areMapsSigned: boolean;
	/** The scale of one of these maps. */
	domainOf(block: number, head: number): Domain;
	readonly stops: readonly BlockStop[];
	readonly headTable: HeadTable;

	/**
	 * How much of what the picked token attends to lies in a box, in each head, a number each; null where nothing attends.
	 * @param box in shares of what the model saw
	 */
	boxShares(box: ShareBox): readonly HeadShare[] | null;
	/** What bounds these shares by itself, in a sentence; empty where a query can look anywhere. */
	readonly boxNote: string;

	readonly line: Line | null;
	/** The chosen head's attention where it is of one sequence: only then can two be compared query by query. */
	readonly whole: Whole | null;
	/** What measures the chosen head over all of its queries, with pauses in between; it does not follow the pointer. */
	readonly headStats: ((pause: Pause) => Promise<Figures>) | null;
	/** Of the query's own row. */
	readonly queryStats: Figures | null;
	/** How many tokens a query can look at; null while there is nothing. */
	readonly reach: number | null;

	/** What keeps most of the map dark; empty where nothing does. */
	readonly dark: string;
	/** What the map is of, for a picture that stands by itself, and what lies on no patch; the latter may be empty. */
	readonly look: string;
	readonly share: string;
	/** Up to what the colours of each small map reach where every one has its own scale. */
	readonly ownScale: string;
	/** What a small map is, where it is not the whole picture; else empty. */
	readonly smallMap: string;
	/** What the stops of the rail before the blocks are called: the squares of the photo, and the lengths of their vectors. */
	readonly stopNames: { readonly patches: string; readonly embeddings: string };
	/** How blocks are numbered on the rail; null where it is plain. */
	readonly railNote: string | null;

	readonly panels: Panels;
}
