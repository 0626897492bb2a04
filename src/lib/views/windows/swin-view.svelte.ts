import {
	elsewhere,
	lineStats,
	overMap,
	windowHeadStats,
	windowLine,
	type WindowAttention,
	type WindowLine
} from '../../analysis/window-attention';
import { stageMap, type MapSize, type SwinConfig } from '../../engine/swin/config';
import type { Domain } from '../../marks/raster';
import { tokenName } from '../../marks/tokens';
import type { Selection } from '../../run/selection.svelte';
import type { Shown, ShownWindows } from '../../run/shown';
import type { ViewSettings } from '../../run/view-settings.svelte';
import { domainFor, maximaOf, maximum, range, type GridMap } from '../maps';
import { paddedPicture, patchesPicture, seenPicture } from '../../run/pictures';
import { measuresOf } from '../stats';
import type { Layer } from '../sequence/view.svelte';
import { capital, formatWeight, headName } from '../words';
import {
	extentOf,
	linesBefore,
	patchOfToken,
	tokenOfPatch,
	windowLines,
	windowParts
} from '../../analysis/window-places';
import { blockName, lineSentence, pairSentence } from './words';

const NOTHING: Layer = { values: null, domain: [0, 1], note: '', alpha: 'ramp' };

/** What is looked at, and where the pointer goes. */
export type Looking = Pick<
	Selection,
	'block' | 'head' | 'token' | 'direction' | 'hovered' | 'picked' | 'hover' | 'pick'
>;

/** A run of a Swin, which its figures can be drawn from. */
interface SwinShown {
	readonly shown: Shown;
	readonly config: SwinConfig;
	readonly blocks: readonly ShownWindows[];
}

/**
 * Everything that the figures of a model with windows draw, derived from a run, a selection and the settings. The query
 * of the selection is a patch of the first stage; `token` is what it has become in the stage that the figure shows.
 */
export class SwinView {
	readonly #shown: () => Shown | null;
	readonly #selection: Looking;
	readonly #settings: ViewSettings;

	constructor(shown: () => Shown | null, selection: Looking, settings: ViewSettings) {
		this.#shown = shown;
		this.#selection = selection;
		this.#settings = settings;
	}

	/** Null while no run of a Swin is shown. */
	readonly run = $derived.by((): SwinShown | null => {
		const shown = this.#shown();
		if (!shown?.windows || shown.model.config.family !== 'swin') return null;
		return { shown, config: shown.model.config, blocks: shown.windows };
	});

	/** The chosen block, with the chosen head's place in it; the mean is an attention of one head. */
	readonly chosen = $derived.by((): { attention: WindowAttention; head: number } | null => {
		const { block, head } = this.#selection;
		const at = this.run?.blocks[block];
		return at ? { attention: head === 'mean' ? at.mean : at.heads, head: head === 'mean' ? 0 : head } : null;
	});

	/** Whether it is attention that the figure shows: only then are there windows. */
	readonly attends = $derived.by(() => this.#settings.overlay === 'attention');
	/** The stage whose map lies over the photo: that of the block, or the first for what comes before the blocks. */
	readonly stage = $derived.by(() => (this.attends ? (this.chosen?.attention.stage ?? 0) : 0));
	readonly map = $derived.by((): MapSize =>
		this.run ? stageMap(this.run.config, this.stage) : { rows: 1, columns: 1 }
	);
	readonly grid = $derived.by(() => ({ ...this.map, prefix: [] }));
	readonly token = $derived.by(() => this.#tokenOf(this.#selection.token));
	readonly hovered = $derived.by(() => {
		const { hovered } = this.#selection;
		return hovered === null ? null : this.#tokenOf(hovered);
	});
	/** The query's token on the chosen block's map, whatever the figure shows. */
	readonly query = $derived.by(() => {
		const { run, chosen } = this;
		return run && chosen ? tokenOfPatch(run.config, chosen.attention.stage, this.#selection.token) : 0;
	});

	#tokenOf(patch: number): number {
		return this.run ? tokenOfPatch(this.run.config, this.stage, patch) : patch;
	}

	hover(token: number | null): void {
		this.#selection.hover(token === null ? null : this.#patchOf(token, this.#selection.hovered));
	}

	pick(token: number): void {
		this.#selection.pick(this.#patchOf(token, this.#selection.picked));
	}

	#patchOf(token: number, current: number | null): number {
		return this.run ? patchOfToken(this.run.config, this.stage, token, current ?? 0) : token;
	}

	readonly #seen = $derived.by(() => this.run && seenPicture(this.run.shown.result.seen));
	readonly patches = $derived.by(() => {
		if (!this.run) return null;
		const { config, shown } = this.run;
		return patchesPicture(shown.result.seen, { ...stageMap(config), prefix: [] }, config.patchSize);
	});
	/** The picture under the map; filled up where the map reaches beyond it. */
	readonly picture = $derived.by(() => {
		if (!this.run) return null;
		const { shown, config } = this.run;
		const own = this.#settings.seen || this.#settings.overlay === 'patches' ? this.#seen : shown.picture;
		return own && paddedPicture(own, shown.result.seen, extentOf(config, this.stage));
	});

	/** The query's line of the attention in its window. */
	readonly line = $derived.by(() => {
		return this.chosen && this.#lineOf(this.chosen.attention, this.chosen.head);
	});
	/** The same over the whole map: NaN outside of the window. */
	readonly values = $derived.by(() => this.line && this.chosen && overMap(this.chosen.attention, this.line));
	readonly elsewhere = $derived.by(() =>
		this.line && this.chosen ? elsewhere(this.chosen.attention, this.line, this.query) : { padding: 0, masked: 0 }
	);
	/** Where the query's window lies on the map; nothing where something else than attention is shown. */
	readonly parts = $derived.by(() =>
		this.chosen && this.attends ? windowParts(this.chosen.attention.layout, this.query) : []
	);

	/** What is drawn of the block's windows over the photo. */
	readonly marks = $derived.by(() => {
		const layout = this.chosen?.attention.layout;
		const before = this.run && layout ? linesBefore(this.run.config, this.stage, layout) : '';
		return { ...this.map, lines: layout ? windowLines(layout) : '', before, parts: this.parts };
	});

	/** The query's line in every head of every block: the places of its window, row by row. */
	readonly maps = $derived.by((): GridMap[][] =>
		(this.run?.blocks ?? []).map(({ heads }, block) =>
			Array.from({ length: heads.heads }, (_, head) => ({ block, head, values: this.#lineOf(heads, head).weights }))
		)
	);
	readonly maxima = $derived.by(() => maximaOf(this.maps));
	/** The mean over the heads of each block, over its map. */
	readonly means = $derived.by(() => (this.run?.blocks ?? []).map(({ mean }) => overMap(mean, this.#lineOf(mean, 0))));

	/** The query's line in any block. */
	#lineOf(attention: WindowAttention, head: number): WindowLine {
		const token = this.run ? tokenOfPatch(this.run.config, attention.stage, this.#selection.token) : 0;
		return windowLine(attention, head, token, this.#selection.direction);
	}

	domainOf(block: number, head: number): Domain {
		return domainFor(this.#settings.scale, this.maxima.of[block]?.[head] ?? 0, this.maxima.all);
	}

	readonly layer = $derived.by((): Layer => {
		const { run, values } = this;
		if (!run || !values) return NOTHING;
		if (this.#settings.overlay === 'embeddings') {
			const norms = run.shown.embeddingNorms;
			const note = 'Length (Euclidean norm) of each patch’s embedding, from the least to the most.';
			return { values: norms, domain: range(norms), note, alpha: 'opaque' };
		}
		if (!this.attends) return NOTHING;
		const { scale } = this.#settings;
		const domain = domainFor(scale, maximum(values), this.maxima.all);
		const top = 'up to the largest weight in the query’s window. Outside of it there is no attention at all.';
		const note = scale === 'shared' ? `One scale for all heads of all blocks: ${top}` : `A scale of its own: ${top}`;
		return { values, domain, note, alpha: 'ramp' };
	});

	readonly showGrid = $derived.by(() => {
		const { overlay, grid } = this.#settings;
		return overlay === 'patches' || (grid && overlay !== 'photo');
	});

	/** What the large figure shows, in a few words. */
	readonly title = $derived.by(() => {
		const { attention } = this.chosen ?? {};
		const block = attention ? blockName(attention.stage, attention.block) : '';
		return {
			photo: 'The photo, as far as the model sees it',
			patches: 'The patches, cut from the pixels that the model saw',
			embeddings: 'How long each patch’s embedding is',
			attention: `${block}, ${headName(this.#selection.head).toLowerCase()}`
		}[this.#settings.overlay];
	});

	/** What measures the heads of the chosen block, see `measuresOf`. */
	readonly measures = $derived.by(() => {
		const at = this.run?.blocks[this.#selection.block];
		return at ? measuresOf(at.heads, at.mean, windowHeadStats) : [];
	});
	readonly queryStats = $derived.by(
		() => this.chosen && lineStats(this.chosen.attention, this.chosen.head, this.query)
	);

	/** A token of the figure's map with its value, for the tooltip and to be spoken. */
	describe(token: number): string {
		const { direction } = this.#selection;
		const name = capital(tokenName(token, this.grid));
		if (this.#settings.overlay === 'embeddings') {
			const norm = this.run?.shown.embeddingNorms[token];
			return norm === undefined ? name : `${name}: length ${formatWeight(norm)}`;
		}
		if (!this.attends || !this.values) return name;
		return token === this.token
			? lineSentence(token, this.values, this.map, direction)
			: pairSentence(this.token, token, this.values, this.map, direction);
	}
}
