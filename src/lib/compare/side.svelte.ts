import { windowHeadStats } from '../analysis/window-attention';
import type { App } from '../app/app.svelte';
import { maximum } from '../views/maps';
import { headStats, queryStats } from '../views/stats';
import { limitsOf } from '../views/windows/limits';
import { extentOf } from '../analysis/window-places';
import { SwinView, type Looking } from '../views/windows/swin-view.svelte';
import { View } from '../views/sequence/view.svelte';
import type { ModelEntry } from '../models/registry';
import { Selection, type HeadChoice, type Limits } from '../run/selection.svelte';
import type { Shown } from '../run/shown';
import type { Direction } from '../run/url';
import { relativeBlock } from './depth';
import { lineOf, type Line } from './difference';
import type { Name } from './kinds';
import type { Drawn, Figures, Leading, SideParts } from './side-parts';
import { has, queryOf, sightOf, tokenFor, WHOLE, type Frame } from '../run/places';

/** One panel of a comparison: a run, and what of it is looked at. */
export class Side implements Looking, Leading {
	readonly name: Name;
	readonly #parts: SideParts;
	/** The panel's own choice of block and head; `block` and `head` say what it shows. */
	readonly own = new Selection(() => this.#limits);
	readonly view: View;
	/** The same of a model that attends within windows. */
	readonly swin: SwinView;

	constructor(parts: SideParts) {
		this.name = parts.name;
		this.#parts = parts;
		this.view = new View(() => this.shown, this, parts.settings);
		this.swin = new SwinView(() => this.shown, this, parts.settings);
	}

	get app(): App | null {
		return this.#parts.source();
	}

	get shown(): Shown | null {
		return this.app?.session.shown ?? null;
	}

	/** Whether its model attends within windows, on a map of its own in each stage. */
	get hasWindows(): boolean {
		return this.swin.run !== null;
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
		const { shown } = this;
		const [first] = shown?.attention ?? [];
		if (shown?.windows) return this.#withLook(limitsOf(shown.windows));
		if (!shown || !first) return { depth: 1, heads: 1 };
		return this.#withLook({ depth: shown.attention.length, heads: first.heads });
	});

	#withLook(limits: Limits): Limits {
		return { ...limits, firstLook: this.#parts.firstLook(this.entry, limits) };
	}

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
		const { run, stage, grid } = this.swin;
		if (!run) return this.patches;
		const { window } = this.patches;
		const { width, height } = extentOf(run.config, stage);
		const [inputHeight, inputWidth] = run.config.imageSize;
		// The map of a later stage can reach beyond the photo, which is filled up for it.
		const [wider, higher] = [width / inputWidth, height / inputHeight];
		return { grid, window: { ...window, width: wider * window.width, height: higher * window.height } };
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

	hover(token: number | null): void {
		this.#parts.hover(token === null ? null : queryOf(token, this.patches));
	}

	pick(token: number): void {
		this.#parts.pick(queryOf(token, this.patches));
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

	/** What is drawn, and where on it the query and the pointer are. */
	readonly drawn = $derived.by((): Drawn => {
		const { view, swin } = this;
		const common = { showGrid: view.showGrid };
		if (this.hasWindows) {
			const { grid, picture, values, token, hovered } = swin;
			return { ...common, grid, picture, values, token, hovered, describe: (one) => swin.describe(one) };
		}
		const { token, hovered } = this;
		const values = view.map?.patches ?? null;
		return {
			...common,
			grid: view.grid,
			picture: view.picture,
			values,
			token,
			hovered,
			describe: (one) => view.describe(one)
		};
	});

	/** The line that is drawn, for measuring; null while there is nothing. */
	readonly line = $derived.by((): Line | null => {
		const { chosen } = this.view;
		const { values, map, elsewhere } = this.swin;
		if (values) return { values, ...map, before: elsewhere.padding };
		return chosen && lineOf(chosen, this.token, this.direction);
	});

	/** The largest weight that is drawn. */
	readonly most = $derived.by(() => (this.line ? maximum(this.line.values) : 0));

	/** Figures of the head over all of its queries; they do not follow the pointer. */
	readonly headStats = $derived.by((): Figures | null => {
		const [windows, { chosen }] = [this.swin.chosen, this.view];
		if (windows) return { cls: null, ...windowHeadStats(windows.attention, windows.head) };
		return chosen && headStats(chosen.attention, chosen.head);
	});

	/** Figures of the query's own row. */
	readonly queryStats = $derived.by((): Figures | null => {
		const { chosen } = this.view;
		if (this.swin.queryStats) return { cls: null, ...this.swin.queryStats };
		return chosen && queryStats(chosen.attention, chosen.head, this.token);
	});

	/** How many tokens a query can look at; null while there is nothing. */
	get reach(): number | null {
		return this.swin.chosen?.attention.layout.area ?? this.view.chosen?.attention.tokens ?? null;
	}
}
