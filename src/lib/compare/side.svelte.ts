import type { App } from '../app/app.svelte';
import type { Domain } from '../marks/raster';
import { firstPatch, type Grid } from '../marks/tokens';
import { indexOfLargest, maximum } from '../views/maps';
import { viewOf } from '../views/families';
import type { LookedFrom, Looking } from '../views/looking';
import { limitsOf } from '../run/limits';
import type { ModelEntry } from '../models/registry';
import { Selection, type HeadChoice, type Limits, type Looked } from '../run/selection.svelte';
import type { Shown } from '../run/shown';
import type { Direction } from '../run/url';
import { AtRest } from './at-rest';
import { relativeBlock } from './depth';
import type { Name } from './kinds';
import type { Leading, SideParts } from './side-parts';
import { has, queryOf, sightOf, tokenFor, WHOLE, type Frame } from '../run/places';

/** One panel of a comparison: a run, and what of it is looked at. */
export class Side implements Looking, Leading {
	readonly name: Name;
	readonly #parts: SideParts;
	/** The panel's own choice of block and head; `block` and `head` say what it shows. */
	readonly own = new Selection(() => this.#limits);
	/** What is drawn of it, and where on that the query and the pointer are. */
	readonly view = $derived.by(() => viewOf(this.shown, this, this.#parts.settings));

	constructor(parts: SideParts) {
		this.name = parts.name;
		this.#parts = parts;
	}

	get app(): App | null {
		return this.#parts.source();
	}

	get shown(): Shown | null {
		return this.app?.session.shown ?? null;
	}

	/** The registry's entry of the model whose run is shown, or else of the one on its way. */
	get entry(): ModelEntry | null {
		return this.app?.entry ?? null;
	}

	get title(): string {
		return this.entry?.title ?? this.shown?.model.id ?? 'The model';
	}

	/** Whether something of it is on its way. */
	get busy(): boolean {
		const session = this.app?.session;
		return session ? [session.models, session.photos, session.runs].some(({ task }) => task !== null) : false;
	}

	/** The sentence of what failed last, if it stands. */
	get error(): string | null {
		const session = this.app?.session;
		return session ? (session.models.error ?? session.photos.error ?? session.runs.error) : null;
	}

	readonly #limits = $derived.by((): Limits => {
		const limits = limitsOf(this.shown);
		return this.shown ? { ...limits, firstLook: this.#parts.firstLook(this.entry, limits) } : limits;
	});

	get depth(): number {
		return this.#limits.depth;
	}

	/** Of the block that is shown. */
	get heads(): number {
		return this.#limits.headsOf?.(this.block) ?? this.#limits.heads;
	}

	/** The patches as the model cuts them, over what both panels show. */
	readonly patches = $derived.by((): Frame => {
		const { shown } = this;
		if (shown && this.#parts.samePhoto()) return sightOf(shown);
		return { grid: shown?.grid ?? { rows: 1, columns: 1 }, window: WHOLE };
	});

	/** The tokens of the map that is drawn, over what both panels show. */
	readonly frame = $derived.by((): Frame => {
		const { grid, extent } = this.view;
		const { window } = this.patches;
		return { grid, window: { ...window, width: extent.width * window.width, height: extent.height * window.height } };
	});

	get block(): number {
		const leader = this.#parts.leader();
		return leader ? relativeBlock(leader.own.block, leader.depth, this.depth) : this.own.block;
	}

	get head(): HeadChoice {
		const leader = this.#parts.headsGoTogether() ? this.#parts.leader() : null;
		return (leader ?? this).own.head;
	}

	/** The patch that is looked from, as the model cuts them; in a later stage it is part of a larger token. */
	get token(): number {
		return tokenFor(this.#parts.query(), this.patches);
	}

	/** The patch that was picked to stay. */
	get picked(): number {
		return tokenFor(this.#parts.picked(), this.patches);
	}

	/** The patch under the pointer, whichever panel that is over. */
	get hovered(): number | null {
		const pointed = this.#parts.pointed();
		return pointed === null ? null : tokenFor(pointed, this.patches);
	}

	on(grid: Grid): Looked {
		const frame = { ...this.patches, grid };
		const pointed = this.#parts.pointed();
		return {
			token: tokenFor(this.#parts.query(), frame),
			picked: tokenFor(this.#parts.picked(), frame),
			hovered: pointed === null ? null : tokenFor(pointed, frame)
		};
	}

	hover(token: number | null, grid: Grid = this.patches.grid): void {
		this.#parts.hover(token === null ? null : queryOf(token, { ...this.patches, grid }));
	}

	pick(token: number, grid: Grid = this.patches.grid): void {
		this.#parts.pick(queryOf(token, { ...this.patches, grid }));
	}

	/** Whether its model has what is looked from. */
	get hasQuery(): boolean {
		return has(this.#parts.query(), this.frame);
	}

	/** What the token is called that both are to look from and this model does not have; null of a place. */
	get missing(): string | null {
		const query = this.#parts.query();
		if (typeof query !== 'string' || this.hasQuery) return null;
		return query === 'cls' ? 'CLS' : query.replaceAll('-', ' ');
	}

	/** Each side's own model names one first. */
	get classIndex(): number | null {
		return this.own.classIndex;
	}

	/** The other panel's view, where what both look from is a patch of that photo. */
	get lookedFrom(): LookedFrom | null {
		return this.#parts.lookedFrom();
	}

	get direction(): Direction {
		return this.#parts.direction();
	}

	/** Makes the choice its own. The comparison sees to what the other panel shows. */
	choose(block: number, head: HeadChoice): void {
		this.own.chooseBlock(block);
		this.own.chooseHead(head);
	}

	/** Takes over what a link says; what the model does not have falls back when the model is known. */
	open({ block, head }: { block?: number; head?: HeadChoice }): void {
		this.own.open({ ...(block !== undefined && { block }), ...(head !== undefined && { head }) });
	}

	/** Whether what lies over the photo is the query's line of attention. */
	get drawsLine(): boolean {
		return this.view.overlay.id === 'attention' && this.view.line !== null;
	}

	/** The largest weight that is drawn. */
	readonly most = $derived.by(() => (this.view.line ? maximum(this.view.line.values) : 0));
	/** The same view without the pointer: what is decided by it stands still while the pointer moves. */
	readonly #atRest = $derived.by(() => viewOf(this.shown, new AtRest(this), this.#parts.settings));
	/**
	 * The largest magnitude that the colours have to show of what is drawn, from the picked query, whatever the scale; 0
	 * where no values are drawn.
	 */
	readonly mostAtRest = $derived.by((): number => {
		const still = this.#atRest.overlay.values();
		// What has to be made first is made for the view that is drawn.
		const { overlay } = still ? this.#atRest : this.view;
		const values = still ?? overlay.values();
		if (!values) return 0;
		return largest(overlay.id === 'attention' ? values : overlay.domain(values));
	});
	/** What its map's colours reach from and up to where it has a scale of its own. */
	readonly domain = $derived.by((): Domain => {
		if (!this.drawsLine) return this.view.overlaid.domain;
		return [0, this.most > 0 ? this.most : 1];
	});

	/** The token that stands out on its photo: the one looked from or, where that is on the other photo, the most alike. */
	readonly marked = $derived.by((): number => {
		const { values } = this.view.overlaid;
		if (!this.lookedFrom || !values || this.view.overlay.id !== 'likeness') return this.view.token;
		return firstPatch(this.view.grid) + indexOfLargest(values);
	});
}

/** Of the magnitudes; what is no number, as outside of a window, counts as nothing. */
function largest(values: Iterable<number>): number {
	let most = 0;
	for (const value of values) most = Math.max(most, Math.abs(value) || 0);
	return most;
}
