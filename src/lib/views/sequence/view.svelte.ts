import type { Attention } from '../../analysis/attention';
import type { Domain } from '../../marks/raster';
import { firstPatch } from '../../marks/tokens';
import type { HeadChoice } from '../../run/selection.svelte';
import type { Shown } from '../../run/shown';
import type { Direction } from '../../run/url';
import type { ViewSettings } from '../../run/view-settings.svelte';
import { domainFor, gridMaps, maximaOf, maximum, range, tokenMap, type TokenMap } from '../maps';
import { patchesPicture, seenPicture } from '../../run/pictures';
import { headStats, measuresOf, queryStats } from '../stats';
import {
	capital,
	formatWeight,
	headName,
	littleNote,
	mapSentence,
	scaleNote,
	tokenName,
	weightSentence
} from '../words';

/** What lies over the photo, with its scale. */
export interface Layer {
	readonly values: Float32Array | null;
	readonly domain: Domain;
	readonly note: string;
	/** Whether little is transparent; values that do not start at 0 are drawn in full. */
	readonly alpha: 'ramp' | 'opaque';
}

/** What is looked at: a head of a block, and a token in one of the two ways. Counted from 0. */
export interface Look {
	readonly block: number;
	readonly head: HeadChoice;
	readonly token: number;
	readonly direction: Direction;
}

const NOTHING: Layer = { values: null, domain: [0, 1], note: '', alpha: 'ramp' };

/**
 * Everything that the figures draw, derived from a run, a selection and the settings. Following the pointer reads rows
 * of arrays that are already there; the model does not run again.
 */
export class View {
	readonly #shown: () => Shown | null;
	readonly #selection: Look;
	readonly #settings: ViewSettings;

	constructor(shown: () => Shown | null, selection: Look, settings: ViewSettings) {
		this.#shown = shown;
		this.#selection = selection;
		this.#settings = settings;
	}

	/** Rows and columns of patches; a single one while nothing is known, which keeps the figure's place as a square. */
	readonly grid = $derived.by(() => this.#shown()?.grid ?? { rows: 1, columns: 1, prefix: ['CLS'] });

	/** The part of the photo that the model saw, as sharp as the photo is. */
	readonly sharp = $derived.by(() => this.#shown()?.picture ?? null);
	readonly #seen = $derived.by(() => {
		const shown = this.#shown();
		return shown && seenPicture(shown.result.seen);
	});
	readonly patches = $derived.by(() => {
		const shown = this.#shown();
		return shown && patchesPicture(shown.result.seen, this.grid);
	});
	/** The picture under the map. The patches are cut from the pixels that the model saw, so they are shown as such. */
	readonly picture = $derived.by(() =>
		this.#settings.seen || this.#settings.overlay === 'patches' ? this.#seen : this.sharp
	);

	/** The chosen block's attention with the chosen head's place in it; the mean is an attention of one head. */
	readonly chosen = $derived.by((): { attention: Attention; head: number } | null => {
		const { block, head } = this.#selection;
		const shown = this.#shown();
		const attention = head === 'mean' ? shown?.means[block] : shown?.attention[block];
		return attention ? { attention, head: head === 'mean' ? 0 : head } : null;
	});

	/** The map of the query in the chosen head. */
	readonly map = $derived.by((): TokenMap | null => {
		const { token, direction } = this.#selection;
		return this.chosen && tokenMap(this.chosen.attention, this.chosen.head, token, direction);
	});

	/** The maps of the query in every head of every block. */
	readonly maps = $derived.by(() =>
		gridMaps(this.#shown()?.attention ?? [], this.#selection.token, this.#selection.direction)
	);
	/** The maps of the query in the mean over each block's heads. */
	readonly means = $derived.by(() =>
		(this.#shown()?.means ?? []).map((a) => tokenMap(a, 0, this.#selection.token, this.#selection.direction).patches)
	);
	readonly maxima = $derived.by(() => maximaOf(this.maps));

	readonly layer = $derived.by((): Layer => {
		const shown = this.#shown();
		const { overlay, scale } = this.#settings;
		if (!shown || !this.map) return NOTHING;
		if (overlay === 'embeddings') return normLayer(shown.embeddingNorms);
		if (overlay !== 'attention') return NOTHING;
		const { patches } = this.map;
		const { head, direction } = this.#selection;
		const note = [littleNote(this.map, direction), scaleNote(scale, head, this.grid)].filter(Boolean).join(' ');
		const domain = domainFor(scale, maximum(patches), this.maxima.all);
		return { values: patches, domain, note, alpha: 'ramp' };
	});

	/** Whether lines lie between the patches: always where the patches are what is shown, and never over the bare photo. */
	readonly showGrid = $derived.by(() => {
		const { overlay, grid } = this.#settings;
		return overlay === 'patches' || (grid && overlay !== 'photo');
	});

	/** What the large figure shows, in a few words. */
	readonly title = $derived.by(
		() =>
			({
				photo: 'The photo, as far as the model sees it',
				patches: 'The patches, cut from the pixels that the model saw',
				embeddings: 'How long each patch’s embedding is',
				attention: `Block ${this.#selection.block + 1}, ${headName(this.#selection.head).toLowerCase()}`
			})[this.#settings.overlay]
	);

	/** The scale of one map of the grid. */
	domainOf(block: number, head: number): Domain {
		return domainFor(this.#settings.scale, this.maxima.of[block]?.[head] ?? 0, this.maxima.all);
	}

	/** What measures the heads of the chosen block, see `measuresOf`. */
	readonly measures = $derived.by(() => {
		const { attention, means } = this.#shown() ?? {};
		const [heads, mean] = [attention?.[this.#selection.block], means?.[this.#selection.block]];
		return heads && mean ? measuresOf(heads, mean, headStats) : [];
	});

	readonly queryStats = $derived.by(
		() => this.chosen && queryStats(this.chosen.attention, this.chosen.head, this.#selection.token)
	);

	/** A token with its value, for the tooltip and to be spoken. */
	describe(token: number): string {
		const { token: query, direction } = this.#selection;
		const { overlay } = this.#settings;
		const name = capital(tokenName(token, this.grid));
		if (overlay === 'embeddings') {
			const norm = this.#shown()?.embeddingNorms[token - firstPatch(this.grid)];
			return norm === undefined ? name : `${name}: length ${formatWeight(norm)}`;
		}
		if (overlay !== 'attention' || !this.map) return name;
		return token === query
			? mapSentence(query, this.map, this.grid, direction)
			: weightSentence(query, token, this.map, this.grid, direction);
	}
}

function normLayer(values: Float32Array): Layer {
	const note = "Length (Euclidean norm) of each patch's embedding with its position, from the least to the most.";
	return { values, domain: range(values), note, alpha: 'opaque' };
}
