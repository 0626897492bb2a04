import { inSentence } from '../base/language';
import { boxShare, type HeadShare, type ShareBox } from '../analysis/box-share';
import type { Pause } from '../base/slices';
import type { ModelConfig } from '../engine/families';
import type { Domain } from '../marks/raster';
import type { Grid } from '../marks/tokens';
import type { HeadChoice } from '../run/selection.svelte';
import type { Layer, Pattern, Shown } from '../run/shown';
import type { ViewSettings } from '../run/view-settings.svelte';
import type { Looking } from './looking';
import type { Making } from './making.svelte';
import { domainFor, gridMaps, maximaOf, maximum, type GridMap } from './maps';
import type { BlockMembers, BlockStop, Figures, HeadTable, Line, MapGroup, ModelView, Panels } from './model-view';
import { measuresOf } from './stats';
import { headName, HEADS } from './words';

const NO_LAYERS: readonly never[] = [];
const NOWHERE: Grid = { rows: 1, columns: 1, prefix: ['CLS'] };

/** A line of attention on a map, and how far that reaches, in shares of what the model saw: 1 where it ends with it. */
export interface MapLine {
	/** One a place, row by row; NaN where the query cannot look. */
	readonly values: Float32Array;
	readonly rows: number;
	readonly columns: number;
	readonly extent: ModelView['extent'];
}

/** A box of what the model saw as one of a map. */
const onMap = ({ x, y, width, height }: ShareBox, extent: ModelView['extent']): ShareBox => ({
	x: x / extent.width,
	y: y / extent.height,
	width: width / extent.width,
	height: height / extent.height
});

/**
 * The maps of a run's heads: the chosen one, all of them as small maps with their scales, and what measures them. A family
 * says how its patterns are read: the query's line of one, as a map over the photo and as a small map.
 */
export abstract class HeadMaps<
	C extends ModelConfig = ModelConfig,
	P extends Pattern = Pattern,
	S extends Figures = Figures
> {
	readonly shown: Shown<C, P> | null;
	readonly selection: Looking;
	readonly settings: ViewSettings;
	readonly panels: Panels;
	readonly patchGrid: Grid;

	constructor(shown: Shown<C, P> | null, selection: Looking, settings: ViewSettings, panels: Panels) {
		this.shown = shown;
		this.selection = selection;
		this.settings = settings;
		this.panels = panels;
		this.patchGrid = shown?.grid ?? NOWHERE;
	}

	/** The query's line of a pattern over the map of its block, and as a small map. */
	protected abstract overMap(pattern: P, head: number): Float32Array;
	protected abstract smallMapOf(pattern: P, head: number): Float32Array;
	/** Measures a head over all of its queries, with pauses in between, and by the query's row alone. */
	protected abstract statsOf(pattern: P, head: number, pause: Pause): Promise<S>;
	protected abstract rowStatsOf(pattern: P, head: number): S;
	/** What measures the heads: its columns, and what stands in them. */
	protected abstract readonly columns: HeadTable['columns'];
	protected abstract cells(stats: S): string[];
	/** What the picked token attends to in a head, on the block's own map; null where nothing attends. */
	protected abstract pickedLine(pattern: P, head: number): MapLine | null;
	abstract readonly groups: readonly MapGroup[];
	abstract readonly line: Line | null;

	/** What is there of each block: of some perhaps the lines of one token alone, or nothing yet. */
	get layers(): readonly Layer<P>[] {
		return this.shown?.layers ?? NO_LAYERS;
	}

	/** What else than an overlay is read or made of the run, in this order, as it is looked at. */
	get made(): readonly Making<unknown>[] {
		return [];
	}

	get grid(): Grid {
		return this.patchGrid;
	}

	get extent(): ModelView['extent'] {
		return { width: 1, height: 1 };
	}

	protected get tableNote(): string {
		return '';
	}

	get hasMap(): boolean {
		return this.layers[this.selection.block] !== undefined;
	}

	get mapName(): string {
		return 'Attention';
	}

	get isMapSigned(): boolean {
		return false;
	}

	domainOfMap(values: Float32Array): Domain {
		return domainFor(this.settings.scale, maximum(values), this.maxima.all);
	}

	get areMapsSigned(): boolean {
		return false;
	}

	get members(): BlockMembers {
		const heads = this.layers[this.selection.block]?.heads.heads ?? 0;
		return { ...HEADS, offered: Array.from({ length: heads }, (_, head) => head) };
	}

	memberName(head: HeadChoice): string {
		return headName(head);
	}

	blockName(block: number): string {
		return `Block ${block + 1}`;
	}

	get blockNames(): readonly string[] {
		return Array.from({ length: Math.max(1, this.layers.length) }, (_, block) => this.blockName(block));
	}

	/** The chosen block, once all of it is there. */
	readonly #chosenLayer = $derived.by((): Layer<P> | null => {
		const layer = this.layers[this.selection.block];
		return layer && !layer.heads.only ? layer : null;
	});
	/** The chosen block's pattern with the chosen head's place in it; the mean is a pattern of one head. */
	readonly chosen = $derived.by((): { attention: P; head: number } | null => {
		const { head } = this.selection;
		const layer = this.#chosenLayer;
		return layer ? { attention: head === 'mean' ? layer.mean : layer.heads, head: head === 'mean' ? 0 : head } : null;
	});
	readonly values = $derived.by(() => this.chosen && this.overMap(this.chosen.attention, this.chosen.head));

	readonly maps = $derived.by((): readonly (readonly GridMap[])[] =>
		gridMaps(
			this.layers.map(({ heads }) => heads),
			(pattern, head) => this.smallMapOf(pattern, head)
		)
	);
	readonly maxima = $derived.by(() => maximaOf(this.maps));
	readonly #means = $derived.by(() => this.layers.map(({ mean }) => this.overMap(mean, 0)));

	get stops(): readonly BlockStop[] {
		return this.#means.map((values, block) => ({ ...this.stopOf(block), values: values.length > 0 ? values : null }));
	}

	/** What a block is called on the rail, and the size of its map. */
	protected stopOf(block: number): Omit<BlockStop, 'values'> {
		return { label: this.blockName(block), grid: this.patchGrid };
	}

	domainOf(block: number, head: number): Domain {
		return domainFor(this.settings.scale, this.maxima.of[block]?.[head] ?? 0, this.maxima.all);
	}

	boxShares(box: ShareBox): readonly HeadShare[] | null {
		const shares = this.layers.flatMap(({ heads: pattern }, block) =>
			Array.from({ length: pattern.heads }, (_, head) => head).flatMap((head) => {
				const line = this.pickedLine(pattern, head);
				return line ? [{ block, head, share: boxShare(line.values, line, onMap(box, line.extent)) }] : [];
			})
		);
		return shares.length > 0 ? shares : null;
	}

	/** What measures the heads of the chosen block, see `measuresOf`. */
	readonly measures = $derived.by(() => {
		const layer = this.#chosenLayer;
		return layer
			? measuresOf(layer.heads, layer.mean, (pattern, head, pause) => this.statsOf(pattern, head, pause))
			: [];
	});
	readonly headTable = $derived.by((): HeadTable => ({
		caption: `Over all queries of ${inSentence(this.blockName(this.selection.block))}, on this photo`,
		columns: this.columns,
		rows: this.measures.map((measure) => async (pause) => this.cells(await measure(pause))),
		note: this.tableNote
	}));
	readonly headStats = $derived.by((): ModelView['headStats'] => {
		const { chosen } = this;
		return chosen && ((pause) => this.statsOf(chosen.attention, chosen.head, pause));
	});
	readonly queryStats = $derived.by(() => this.chosen && this.rowStatsOf(this.chosen.attention, this.chosen.head));
}
