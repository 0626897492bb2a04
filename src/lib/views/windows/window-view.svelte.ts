import { fixed } from '../../base/numbers';
import {
	elsewhere,
	lineStats,
	overMap,
	windowHeadStats,
	windowLine,
	type LineStats,
	type WindowAttention,
	type WindowLine
} from '../../analysis/window-attention';
import {
	evenEntropy,
	extentOf,
	linesBefore,
	patchOfToken,
	tokenOfPatch,
	windowLines,
	windowParts
} from '../../analysis/window-places';
import { stageMap, type MapSize, type SwinConfig } from '../../engine/swin/config';
import { isPadded } from '../../engine/swin/windows';
import { gridSize, type Grid } from '../../marks/tokens';
import type { Shown } from '../../run/shown';
import type { ViewSettings } from '../../run/view-settings.svelte';
import { BaseView } from '../base-view.svelte';
import type { MapLine } from '../head-maps.svelte';
import type { Looking } from '../looking';
import type { BlockStop, Figures, Line, MapGroup, Panels } from '../model-view';
import { blockInStage } from '../words';
import { lineSentence, lookCaption, pairSentence } from './words';

/** What a token's attention in its window is like: there is no CLS to look at. */
type WindowFigures = LineStats & Figures;

const figures = (stats: LineStats): WindowFigures => ({ cls: null, ...stats });

const OUTSIDE = 'Outside of it there is no attention at all.';

/**
 * What attention in windows looks like. The query of the selection is a patch of the first stage; `token` is what it has
 * become in the stage that the figure shows.
 */
export class WindowView extends BaseView<SwinConfig, WindowAttention, WindowFigures> {
	readonly config: SwinConfig;

	constructor(
		shown: Shown<SwinConfig, WindowAttention>,
		selection: Looking,
		settings: ViewSettings,
		panels: Panels<WindowView>
	) {
		super(shown, selection, settings, panels);
		this.config = shown.model.config;
	}

	/** The stage whose map lies over the photo: that of a block, or the first for what comes before the blocks. */
	readonly stage = $derived.by(() => this.layers[this.placed ?? -1]?.heads.stage ?? 0);
	readonly map = $derived.by((): MapSize => stageMap(this.config, this.stage));
	readonly #grid = $derived.by((): Grid => ({ ...this.map, prefix: [] }));
	override get grid(): Grid {
		return this.#grid;
	}

	readonly #token = $derived.by(() => this.#tokenOf(this.selection.token));
	override get token(): number {
		return this.#token;
	}

	override get hovered(): number | null {
		const { hovered } = this.selection;
		return hovered === null ? null : this.#tokenOf(hovered);
	}

	/** The query's token on the chosen block's map, whatever the figure shows. */
	readonly query = $derived.by(() =>
		this.chosen ? tokenOfPatch(this.config, this.chosen.attention.stage, this.selection.token) : 0
	);

	#tokenOf(patch: number): number {
		return tokenOfPatch(this.config, this.stage, patch);
	}

	override hover(token: number | null): void {
		super.hover(token === null ? null : this.#patchOf(token, this.selection.hovered));
	}

	override pick(token: number): void {
		super.pick(this.#patchOf(token, this.selection.picked));
	}

	#patchOf(token: number, current: number | null): number {
		return patchOfToken(this.config, this.stage, token, current ?? 0);
	}

	/** The map of a later stage can reach beyond the photo, which is filled up for it. */
	override get extent(): { width: number; height: number } {
		return this.#extentAt(this.stage);
	}

	#extentAt(stage: number): { width: number; height: number } {
		const { width, height } = extentOf(this.config, stage);
		const [inputHeight, inputWidth] = this.config.imageSize;
		return { width: width / inputWidth, height: height / inputHeight };
	}

	/** The query's line of the attention in its window. */
	readonly window = $derived.by(() => this.chosen && this.#lineOf(this.chosen.attention, this.chosen.head));
	readonly elsewhere = $derived.by(() =>
		this.window && this.chosen ? elsewhere(this.chosen.attention, this.window, this.query) : { padding: 0, masked: 0 }
	);
	/** Where the query's window lies on the map; nothing where something else than attention is shown. */
	readonly parts = $derived.by(() =>
		this.chosen && this.attends ? windowParts(this.chosen.attention.layout, this.query) : []
	);

	/** What is drawn of the block's windows over the photo. */
	readonly marks = $derived.by(() => {
		const layout = this.chosen?.attention.layout;
		const before = layout ? linesBefore(this.config, this.stage, layout) : '';
		return { ...this.map, lines: layout ? windowLines(layout) : '', before, parts: this.parts };
	});

	/** The query's line in any block. */
	#lineOf(attention: WindowAttention, head: number): WindowLine {
		const token = tokenOfPatch(this.config, attention.stage, this.selection.token);
		return windowLine(attention, head, token, this.selection.direction);
	}

	/** NaN outside of the window. */
	protected override overMap(attention: WindowAttention, head: number): Float32Array {
		return overMap(attention, this.#lineOf(attention, head));
	}

	protected override pickedLine(attention: WindowAttention, head: number): MapLine {
		const token = tokenOfPatch(this.config, attention.stage, this.selection.picked);
		const values = overMap(attention, windowLine(attention, head, token, 'from'));
		return { values, ...attention.layout.map, extent: this.#extentAt(attention.stage) };
	}

	override get boxNote(): string {
		return 'A query sees its own window alone, so heads whose window does not reach the box give it nothing.';
	}

	/** The places of the window, row by row. */
	protected override smallMapOf(attention: WindowAttention, head: number): Float32Array {
		return this.#lineOf(attention, head).weights;
	}

	protected override async statsOf(attention: WindowAttention, head: number): Promise<WindowFigures> {
		return figures(windowHeadStats(attention, head));
	}

	protected override rowStatsOf(attention: WindowAttention, head: number): WindowFigures {
		return figures(lineStats(attention, head, this.query));
	}

	protected readonly normsNote = 'Length (Euclidean norm) of each patch’s embedding, from the least to the most.';

	get scaleSentence(): string {
		const top = `up to the largest weight in the query’s window. ${OUTSIDE}`;
		return this.settings.scale === 'shared'
			? `One scale for all heads of all blocks: ${top}`
			: `A scale of its own: ${top}`;
	}

	readonly dark = 'Outside of the query’s window there is no attention at all.';
	readonly ownScale = 'Each map up to its own largest weight.';

	override get smallMap(): string {
		return 'A map is the query’s window, as it stands after the shift.';
	}

	get look(): string {
		const map = this.chosen?.attention.layout.map ?? this.map;
		return `${lookCaption(this.query, map, this.selection.direction)}, in its window.`;
	}

	override get railNote(): string {
		const last = this.config.stages.length;
		return `${last}.1: stage ${last}, block 1. Each small map has a colour scale of its own.`;
	}

	override blockName(block: number): string {
		const at = this.layers[block]?.heads;
		return at ? blockInStage(at.stage, at.block) : '';
	}

	protected override stopOf(block: number): Omit<BlockStop, 'values'> {
		const at = this.layers[block]?.heads;
		return at ? { label: `${at.stage + 1}.${at.block + 1}`, grid: at.layout.map } : super.stopOf(block);
	}

	/** A grid for each stage, because the stages have other numbers of heads. */
	readonly groups = $derived.by((): MapGroup[] =>
		this.config.stages.map((_, stage) => {
			const own = this.layers.filter(({ heads }) => heads.stage === stage);
			const window = own[0]?.heads.layout.window ?? { rows: 1, columns: 1 };
			const label = `Every head of stage ${stage + 1}`;
			return {
				title: `Stage ${stage + 1}`,
				label,
				caption: `${label}, in the query’s window`,
				note: `Of ${gridSize(stageMap(this.config, stage), 'tokens')} in this stage.`,
				first: this.layers.findIndex(({ heads }) => heads.stage === stage),
				blocks: own.length,
				...window
			};
		})
	);

	readonly line = $derived.by((): Line | null => {
		return this.values && { values: this.values, ...this.map, before: this.elsewhere.padding };
	});

	/** Masked places and padding among them. */
	get reach(): number | null {
		return this.chosen?.attention.layout.area ?? null;
	}

	readonly #layout = $derived.by(() => this.layers[this.selection.block]?.heads.layout ?? null);
	readonly #padded = $derived.by(() => this.#layout !== null && isPadded(this.#layout));

	protected get columns() {
		const even = this.#layout ? evenEntropy(this.#layout) : 0;
		return [
			{
				name: 'Entropy',
				unit: 'nats',
				title: `Mean entropy of the rows; ${fixed(even, 2)} nats would be even over what each can reach`
			},
			{ name: 'Distance', unit: 'px', title: 'Mean distance between a query and where it attends' },
			...(this.#padded
				? [{ name: 'Padding', unit: '', title: 'Mean share of the attention that goes to padding' }]
				: [])
		];
	}

	protected override cells({ entropy, distance, padding }: WindowFigures): string[] {
		const share = this.#padded ? [`${fixed(100 * padding, 1)} %`] : [];
		return [fixed(entropy, 2), distance?.toFixed(0) ?? '–', ...share];
	}

	protected override sayWeight(token: number): string {
		const { map, values } = this;
		const { direction } = this.selection;
		if (!values) return '';
		return token === this.token
			? lineSentence(token, values, map, direction)
			: pairSentence(this.token, token, values, map, direction);
	}
}
