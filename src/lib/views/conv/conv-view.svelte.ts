import { inSentence } from '../../base/language';
import { channelFigures, channelOf, ranked } from '../../analysis/channels';
import { receptiveField } from '../../analysis/receptive-field';
import { lastMap, type ConvConfig } from '../../engine/conv/config';
import { placeOf, type Grid } from '../../marks/tokens';
import type { Domain } from '../../marks/raster';
import type { HeadChoice } from '../../run/selection.svelte';
import type { Shown } from '../../run/shown';
import type { FeaturesOf } from '../../run/url';
import type { ViewSettings } from '../../run/view-settings.svelte';
import { BaseView } from '../base-view.svelte';
import type { FeaturePlace } from '../feature-place';
import { featureOverlays } from '../feature-overlays';
import type { Looking } from '../looking';
import type { GridMap } from '../maps';
import type { BlockMembers, BlockStop, Figures, HeadTable, MapGroup, Panels } from '../model-view';
import { PATCHES, type OverlayEntry } from '../overlays';
import { blockInStage, capital, formatWeight, tokenName } from '../words';
import { convClassOverlays } from './class-overlays';
import { fieldOverlay } from './field-overlay';
import type { Unit } from './host';
import type { BlockMap } from './patterns';
import { CHANNELS, channelName, PLACE_WORDS } from './words';

/** How many channels are offered at a time. */
export const OFFERED = 24;

/**
 * What a CNN looks like: each block has a map of its own size, and channels stand where others have heads. The query is a
 * place of the map that lies over the photo; nothing looks from there, but a unit stands there, which sees a field.
 */
export class ConvView extends BaseView<ConvConfig, BlockMap> {
	readonly config: ConvConfig;

	constructor(
		shown: Shown<ConvConfig, BlockMap>,
		selection: Looking,
		settings: ViewSettings,
		panels: Panels<ConvView>
	) {
		super(shown, selection, settings, panels);
		this.config = shown.model.config;
	}

	/** The chosen block's map; null while there is none. */
	readonly map = $derived.by((): BlockMap | null => this.layers[this.selection.block]?.heads ?? null);
	/** The map that lies over the photo, or whose places are those of what does. */
	readonly #placedMap = $derived.by(() => (this.placed === null ? null : (this.layers[this.placed]?.heads ?? null)));
	readonly #grid = $derived.by((): Grid => {
		const { rows, columns } = this.#placedMap ?? this.patchGrid;
		return { rows, columns, prefix: [] };
	});
	override get grid(): Grid {
		return this.#grid;
	}

	readonly #looked = $derived.by(() => this.selection.on(this.grid));
	override get token(): number {
		return this.#looked.token;
	}

	override get hovered(): number | null {
		return this.#looked.hovered;
	}

	override hover(token: number | null): void {
		this.selection.hover(token, this.grid);
	}

	override pick(token: number): void {
		this.selection.pick(token, this.grid);
	}

	/** The unit of the chosen block at the picked place, and what it can see. */
	readonly unit = $derived.by((): Unit | null => {
		const { map } = this;
		if (!map) return null;
		const grid = { ...map, prefix: [] };
		const token = this.selection.on(grid).picked;
		const { row, column } = placeOf(token, grid) ?? { row: 0, column: 0 };
		const middle = [(row + 0.5) * map.cell, (column + 0.5) * map.cell] as const;
		const name = /* @wc-include */ `${inSentence(this.blockName(this.selection.block))} at ${tokenName(token, grid)}`;
		return { map, token, name, middle, field: receptiveField(this.config, map.tap, [row, column]) };
	});

	/** What its channels are like, in their order, and which are the most active. */
	readonly figures = $derived.by(() =>
		this.map ? channelFigures({ data: this.map.data, channels: this.map.heads }) : []
	);
	readonly order = $derived.by(() => ranked(this.figures));
	/** The largest magnitude of the block's channels. */
	readonly #most = $derived.by(() =>
		this.figures.reduce((most, { least, most: top }) => Math.max(most, -least, top), 0)
	);

	protected override ownOverlays(): OverlayEntry[] {
		return [fieldOverlay(this), ...featureOverlays(this, this.features), ...convClassOverlays(this)];
	}

	override featurePlace(of: FeaturesOf): FeaturePlace | null {
		const { map } = this;
		const { head } = this.config;
		if (of === 'end' && head) {
			const { name: tap, rows, columns } = lastMap(this.config);
			return { tap, block: null, rows, columns, isBlock: false };
		}
		const last = this.layers.length - 1;
		const own = of === 'end' ? this.layers[last]?.heads : map;
		if (!own) return null;
		const { tap, rows, columns } = own;
		return { tap, block: of === 'end' ? last : this.selection.block, rows, columns, isBlock: true };
	}

	override get called() {
		return PLACE_WORDS;
	}

	override get farOut(): string {
		return '';
	}

	override get lastNamed(): string {
		return 'the last convolution';
	}

	override get mapName(): string {
		return 'Feature map';
	}

	override get isMapSigned(): boolean {
		return this.chosen?.attention.isSigned ?? false;
	}

	override domainOfMap(values: Float32Array): Domain {
		const isShared = this.settings.scale === 'shared' && this.selection.head !== 'mean';
		return this.#domain(isShared ? this.#most : values.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
	}

	#domain(most: number): Domain {
		return [this.isMapSigned ? -(most || 1) : 0, most || 1];
	}

	get scaleSentence(): string {
		if (this.selection.head === 'mean')
			return 'Mean of the absolute values of all channels at each place. A scale of its own.';
		return this.settings.scale === 'shared'
			? 'What this channel holds at each place. One scale for all channels of this block: up to their largest magnitude.'
			: 'What this channel holds at each place. This channel’s own scale: up to its largest magnitude.';
	}

	protected override sayWeight(token: number): string {
		const value = this.values?.[token];
		return capital(`${tokenName(token, this.grid)}: ${value === undefined ? '–' : formatWeight(value)}`);
	}

	protected override overMap({ data, heads }: BlockMap, channel: number): Float32Array {
		return channelOf({ data, channels: heads }, channel);
	}

	/** One channel of the chosen block. */
	channel(channel: number): Float32Array | null {
		return this.map && this.overMap(this.map, channel);
	}

	/** Nothing in it attends. */
	protected override pickedLine(): null {
		return null;
	}

	protected override smallMapOf(map: BlockMap, channel: number): Float32Array {
		return this.overMap(map, channel);
	}

	override get members(): BlockMembers {
		const first = this.order.slice(0, OFFERED);
		const { head } = this.selection;
		const offered = head === 'mean' || first.includes(head) ? first : [...first, head];
		return { ...CHANNELS, offered };
	}

	override memberName(channel: HeadChoice): string {
		return channel === 'mean' ? CHANNELS.mean : channelName(channel);
	}

	/** The most active channels of the chosen block; of the others nobody asks. */
	override readonly maps = $derived.by((): readonly (readonly GridMap[])[] => {
		const { block } = this.selection;
		return this.layers.map(({ heads: map }, i) =>
			i === block ? this.order.slice(0, OFFERED).map((head) => ({ block, head, values: this.overMap(map, head) })) : []
		);
	});

	override get areMapsSigned(): boolean {
		return this.map?.isSigned ?? false;
	}

	override domainOf(block: number, channel: number): Domain {
		const { least = 0, most = 0 } = (block === this.selection.block ? this.figures[channel] : undefined) ?? {};
		const top = (this.settings.scale === 'shared' ? this.#most : Math.max(-least, most)) || 1;
		return [this.areMapsSigned ? -top : 0, top];
	}

	get ownScale(): string {
		const all = this.settings.scale === 'shared';
		return all ? `All up to the same magnitude: ${formatWeight(this.#most)}.` : 'Each up to its own largest magnitude.';
	}

	/** Which channels there are of how many, and by what they are ranked. */
	get rankSentence(): string {
		const { heads = 0 } = this.map ?? {};
		const many = heads > OFFERED ? `The ${OFFERED} most active of ${heads} channels` : `All ${heads} channels`;
		return `${many}, by the mean of their absolute values over all places.`;
	}

	override readonly groups = $derived.by((): MapGroup[] => {
		const { block } = this.selection;
		const { rows = 1, columns = 1 } = this.map ?? {};
		const label = `${CHANNELS.every} of ${inSentence(this.blockName(block))}`;
		return [{ title: '', label, caption: label, note: this.rankSentence, first: block, blocks: 1, rows, columns }];
	});

	override blockName(block: number): string {
		const at = this.layers[block]?.heads;
		return at ? blockInStage(at.stage, at.block) : '';
	}

	protected override stopOf(block: number): Omit<BlockStop, 'values'> {
		const at = this.layers[block]?.heads;
		return at ? { label: `${at.stage + 1}.${at.block + 1}`, grid: at } : super.stopOf(block);
	}

	override get railNote(): string {
		const last = this.config.stages.length;
		return `${last}.1: stage ${last}, block 1; how active each place of its map is. Each small map has a colour scale of its own.`;
	}

	protected override get lengths() {
		return { name: 'Length of the last map’s vectors', title: 'How long each place’s vector is in the last map' };
	}

	protected override get squares() {
		const title = 'The photo, cut where the places of the last map lie';
		return { ...PATCHES, name: 'The places of the last map', title: () => title };
	}

	override get stopNames() {
		return { patches: 'Places', embeddings: 'Last map' };
	}

	protected readonly normsNote =
		'Length (Euclidean norm) of the vector of all channels at each place of the last map, from the least to the most.';

	get look(): string {
		return `${this.rankSentence} ${this.ownScale}`;
	}

	/* There is no attention, so nothing is measured of any. */
	protected readonly columns = [];
	readonly line = null;
	readonly reach = null;
	readonly dark = '';
	override readonly headStats = null;
	override readonly queryStats = null;
	override readonly headTable: HeadTable = { caption: '', columns: [], rows: [], note: '' };

	protected override async statsOf(map: BlockMap): Promise<Figures> {
		return this.rowStatsOf(map);
	}

	protected override rowStatsOf({ heads }: BlockMap): Figures {
		throw new Error(`${heads} channels have no attention to measure.`);
	}

	protected override cells(): string[] {
		return [];
	}
}
