import { boxShare, type HeadShare, type ShareBox } from '../analysis/box-share';
import type { ModelConfig } from '../engine/families';
import type { Domain } from '../marks/raster';
import { firstPatch, tokenName, type Grid } from '../marks/tokens';
import { paddedPicture, patchesPicture, seenPicture } from '../run/pictures';
import type { Layer, Pattern, Shown } from '../run/shown';
import type { HeadChoice } from '../run/selection.svelte';
import type { FeaturesOf } from '../run/url';
import type { ViewSettings } from '../run/view-settings.svelte';
import { domainFor, gridMaps, maximaOf, maximum, range, type GridMap } from './maps';
import type { Looking } from './looking';
import type {
	BlockMembers,
	BlockStop,
	Figures,
	HeadTable,
	Line,
	MapGroup,
	ModelView,
	Overlaid,
	Panels,
	Whole
} from './model-view';
import { attentionOverlays } from './attention-overlays';
import { chosenMapOverlay, whyNoMap } from './chosen-map-overlay';
import { classOverlays } from './class-overlays';
import { featurePlace, type FeaturePlace } from './feature-place';
import { featureOverlays } from './feature-overlays';
import { FeatureReader } from './feature-reader';
import { Workshop } from './making.svelte';
import { occlusionOverlay } from './occlusion-overlay';
import { PATCHES, PHOTO, type OverlayEntry, type OverlayHost } from './overlays';
import type { Attention } from '../analysis/attention';
import { measuresOf } from './stats';
import { capital, formatWeight, headName, HEADS, NOTES, PATCH_WORDS, STOP_NAMES } from './words';

/** While nothing is shown: a single patch keeps the figure's place as a square. */
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
 * What the views of all families have in common. A family says how its patterns are read: the query's line of one, as a
 * map over the photo and as a small map, and what measures it.
 */
export abstract class BaseView<
	C extends ModelConfig = ModelConfig,
	P extends Pattern = Pattern,
	S extends Figures = Figures
> implements ModelView {
	readonly shown: Shown<C, P> | null;
	readonly selection: Looking;
	readonly settings: ViewSettings;
	readonly panels: Panels;
	readonly layers: readonly Layer<P>[];
	readonly patchGrid: Grid;

	constructor(shown: Shown<C, P> | null, selection: Looking, settings: ViewSettings, panels: Panels) {
		this.shown = shown;
		this.selection = selection;
		this.settings = settings;
		this.panels = panels;
		this.layers = shown?.layers ?? [];
		this.patchGrid = shown?.grid ?? NOWHERE;
	}

	/** The query's line of a pattern over the map of its block, and as a small map. */
	protected abstract overMap(pattern: P, head: number): Float32Array;
	protected abstract smallMapOf(pattern: P, head: number): Float32Array;
	/** Measures a head over all of its queries, and by the query's row alone. */
	protected abstract statsOf(pattern: P, head: number): S;
	protected abstract rowStatsOf(pattern: P, head: number): S;
	/** What measures the heads: its columns, and what stands in them. */
	protected abstract readonly columns: HeadTable['columns'];
	protected abstract cells(stats: S): string[];
	/** What the lengths are of. */
	protected abstract readonly normsNote: string;
	protected get lengths(): { readonly name: string; readonly title: string } {
		return { name: 'Length of the embeddings', title: 'How long each patch’s embedding is' };
	}
	/** What shows the pixels cut into the squares of the grid. */
	protected get squares(): OverlayEntry {
		return PATCHES;
	}
	get stopNames(): ModelView['stopNames'] {
		return STOP_NAMES;
	}
	/** What the picked token attends to in a head, on the block's own map; null where nothing attends. */
	protected abstract pickedLine(pattern: P, head: number): MapLine | null;
	get boxNote(): string {
		return '';
	}
	abstract readonly scaleSentence: string;
	/** A token of the map with its weight, where there is one. */
	protected abstract sayWeight(token: number): string;
	sayValue(token: number): string {
		return this.sayWeight(token);
	}

	get hasMap(): boolean {
		return this.chosen !== null;
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

	get called(): OverlayHost['called'] {
		return PATCH_WORDS;
	}

	get farOut(): string {
		return NOTES;
	}

	get lastNamed(): string {
		return 'the last layer norm';
	}

	featurePlace(of: FeaturesOf): FeaturePlace | null {
		return this.shown && featurePlace(this.shown.model.config, of, this.selection.block);
	}

	abstract readonly groups: readonly MapGroup[];
	abstract readonly line: Line | null;
	abstract readonly reach: number | null;
	abstract readonly dark: string;
	abstract readonly look: string;
	abstract readonly ownScale: string;

	get sequences(): readonly Attention[] | null {
		return null;
	}

	get whole(): Whole | null {
		return null;
	}

	get share(): string {
		return '';
	}

	get smallMap(): string {
		return '';
	}

	get railNote(): string | null {
		return null;
	}

	protected get tableNote(): string {
		return '';
	}

	get grid(): Grid {
		return this.patchGrid;
	}

	get extent(): ModelView['extent'] {
		return { width: 1, height: 1 };
	}

	get token(): number {
		return this.selection.token;
	}

	get hovered(): number | null {
		return this.selection.hovered;
	}

	hover(token: number | null): void {
		this.selection.hover(token);
	}

	pick(token: number): void {
		this.selection.pick(token);
	}

	get sharp() {
		return this.shown?.picture ?? null;
	}

	readonly #seen = $derived.by(() => this.shown && seenPicture(this.shown.result.seen));
	readonly patches = $derived.by(() => {
		const { shown } = this;
		return shown && patchesPicture(shown.result.seen, shown.grid, shown.model.config.patchSize);
	});
	/** The patches are cut from the pixels that the model saw, so they are shown as such. */
	readonly picture = $derived.by(() => {
		const { shown, settings, extent } = this;
		const own = settings.seen || this.overlay.id === 'patches' ? this.#seen : this.sharp;
		if (!shown || !own) return null;
		const { seen } = shown.result;
		return paddedPicture(own, seen, { width: extent.width * seen.width, height: extent.height * seen.height });
	});

	/** Always where the patches are what is shown, and never over the bare photo. */
	readonly showGrid = $derived.by(() => {
		const { id } = this.overlay;
		return id === 'patches' || (this.settings.grid && id !== 'photo');
	});

	/** Whether it is attention of the chosen block that lies over the photo. */
	readonly attends = $derived.by(() => ['attention', 'mask'].includes(this.overlay.id));
	readonly placed = $derived.by(() => this.overlay.block?.() ?? null);
	/** The chosen block's pattern with the chosen head's place in it; the mean is a pattern of one head. */
	readonly chosen = $derived.by((): { attention: P; head: number } | null => {
		const { block, head } = this.selection;
		const layer = this.layers[block];
		return layer ? { attention: head === 'mean' ? layer.mean : layer.heads, head: head === 'mean' ? 0 : head } : null;
	});
	readonly values = $derived.by(() => this.chosen && this.overMap(this.chosen.attention, this.chosen.head));

	readonly workshop = new Workshop();
	protected readonly features = new FeatureReader(this);
	readonly overlays: readonly OverlayEntry[] = [
		PHOTO,
		this.squares,
		{
			id: 'embeddings',
			name: this.lengths.name,
			title: () => this.lengths.title,
			values: () => this.shown?.embeddingNorms ?? null,
			domain: range,
			sentence: () => this.normsNote,
			alpha: 'opaque',
			say: (token, name) => {
				const norm = this.shown?.embeddingNorms[token - firstPatch(this.grid)];
				return norm === undefined ? name : `${name}: length ${formatWeight(norm)}`;
			}
		},
		chosenMapOverlay(this),
		...this.ownOverlays(),
		occlusionOverlay(this)
	];

	get chosenTitle(): string {
		const { block, head } = this.selection;
		return `${this.blockName(block)}, ${this.memberName(head).toLowerCase()}`;
	}

	/** What lies over the photo beside what each view has. */
	protected ownOverlays(): OverlayEntry[] {
		return [
			...attentionOverlays(this, () => whyNoMap(this)),
			...featureOverlays(this, this.features),
			...classOverlays(this)
		];
	}

	/** What is drawn where a link, or a setting for another model, names what this one does not have. */
	#inPlace(): OverlayEntry {
		return this.overlays.find(({ id }) => id === 'attention') ?? PHOTO;
	}

	readonly overlay = $derived.by(() => this.overlays.find(({ id }) => id === this.settings.overlay) ?? this.#inPlace());
	readonly overlaid = $derived.by((): Overlaid => {
		const { overlay } = this;
		const values = overlay.values();
		return {
			values,
			raster: overlay.raster?.() ?? this.grid,
			colours: overlay.colours?.() ?? null,
			shares: overlay.shares?.() ?? null,
			mask: overlay.mask?.() ?? null,
			domain: values ? overlay.domain(values) : [0, 1],
			note: overlay.sentence(),
			alpha: overlay.alpha,
			isSigned: overlay.isSigned ?? false
		};
	});
	readonly title = $derived.by(() => this.overlay.title());

	describe(token: number): string {
		return this.overlay.say(token, capital(tokenName(token, this.grid)));
	}

	featureOf(token: number): Float32Array | null {
		return this.features.of(token);
	}

	blockName(block: number): string {
		return `Block ${block + 1}`;
	}

	get blockNames(): readonly string[] {
		return Array.from({ length: Math.max(1, this.layers.length) }, (_, block) => this.blockName(block));
	}

	readonly maps = $derived.by((): readonly (readonly GridMap[])[] =>
		gridMaps(
			this.layers.map(({ heads }) => heads),
			(pattern, head) => this.smallMapOf(pattern, head)
		)
	);
	readonly maxima = $derived.by(() => maximaOf(this.maps));
	readonly #means = $derived.by(() => this.layers.map(({ mean }) => this.overMap(mean, 0)));

	get stops(): readonly BlockStop[] {
		return this.#means.map((values, block) => ({ ...this.stopOf(block), values }));
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
		const layer = this.layers[this.selection.block];
		return layer ? measuresOf(layer.heads, layer.mean, (pattern, head) => this.statsOf(pattern, head)) : [];
	});
	readonly headTable = $derived.by((): HeadTable => ({
		caption: `Over all queries of ${this.blockName(this.selection.block).toLowerCase()}, on this photo`,
		columns: this.columns,
		rows: this.measures.map((measure) => () => this.cells(measure())),
		note: this.tableNote
	}));
	readonly headStats = $derived.by(() => this.chosen && this.statsOf(this.chosen.attention, this.chosen.head));
	readonly queryStats = $derived.by(() => this.chosen && this.rowStatsOf(this.chosen.attention, this.chosen.head));
}
