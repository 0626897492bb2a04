import { isViT } from '../engine/config';
import type { Inspector } from '../inspector/inspector.svelte';
import { maximum } from '../inspector/maps';
import { headStats, queryStats, type HeadStats, type QueryStats } from '../inspector/stats';
import { View, type Look } from '../inspector/view.svelte';
import type { ModelEntry } from '../models/registry';
import { Selection, type HeadChoice, type Limits } from '../state/selection.svelte';
import type { Shown } from '../state/shown';
import type { Direction } from '../state/url';
import type { ViewSettings } from '../state/view-settings.svelte';
import { relativeBlock } from './depth';
import type { Looked } from './difference';
import type { Name } from './kinds';
import { has, tokenFor, WHOLE, windowOf, type Frame, type Query } from './places';

/** What a panel is told by the comparison that it belongs to; asked for at each use. */
export interface SideParts {
	readonly name: Name;
	/** Whose run it shows; null while there is none. */
	source(): Inspector | null;
	/** The panel whose block (and head) this one shows as well; null where its own choice holds. */
	leader(): Side | null;
	/** Whether a head goes with the leader's block. */
	headsGoTogether(): boolean;
	/** What both look from. */
	query(): Query;
	/** What both look from if the pointer leaves. */
	picked(): Query;
	pointed(): Query | null;
	direction(): Direction;
	/** Whether both show one photo, so that places on it are the same for both. */
	samePhoto(): boolean;
	/** What it shows before a choice is made. */
	firstLook(entry: ModelEntry | null, limits: Limits): Limits['firstLook'];
	readonly settings: ViewSettings;
}

const NO_STATS = { query: null, head: null };

/** One panel of a comparison: a run, and what of it is looked at. */
export class Side implements Look {
	readonly name: Name;
	readonly #parts: SideParts;
	/** The panel's own choice of block and head; `block` and `head` say what it shows. */
	readonly #own = new Selection(() => this.#limits);
	readonly view: View;

	constructor(parts: SideParts) {
		this.name = parts.name;
		this.#parts = parts;
		this.view = new View(() => this.shown, this, parts.settings);
	}

	get inspector(): Inspector | null {
		return this.#parts.source();
	}

	/** The run that is drawn; null also for one that is none of a plain ViT, see `refusal`. */
	get shown(): Shown | null {
		const shown = this.inspector?.session.shown ?? null;
		return shown && isViT(shown.model.config) ? shown : null;
	}

	/** Why the run that is there is not drawn; null where it is. */
	get refusal(): string | null {
		const shown = this.inspector?.session.shown ?? null;
		if (!shown || this.shown) return null;
		return `${this.title} attends within windows and not over the whole photo, so it cannot be compared here: choose a ViT.`;
	}

	/** The registry's entry of the model whose run is shown, or else of the one on its way. */
	get entry(): ModelEntry | null {
		return this.inspector?.entry ?? null;
	}

	get title(): string {
		return this.entry?.title ?? this.shown?.model.id ?? 'The model';
	}

	/** Whether something of it is on its way. */
	get busy(): boolean {
		const session = this.inspector?.session;
		return session ? [session.models, session.photos, session.runs].some(({ task }) => task !== null) : false;
	}

	/** The sentence of what failed last, if it stands. */
	get error(): string | null {
		const session = this.inspector?.session;
		return session ? (session.models.error ?? session.photos.error ?? session.runs.error) : null;
	}

	readonly #limits = $derived.by((): Limits => {
		const blocks = this.shown?.attention;
		const [first] = blocks ?? [];
		if (!blocks || !first) return { depth: 1, heads: 1, tokens: 1 };
		const limits = { depth: blocks.length, heads: first.heads, tokens: first.tokens };
		return { ...limits, firstLook: this.#parts.firstLook(this.entry, limits) };
	});

	get depth(): number {
		return this.#limits.depth;
	}

	get heads(): number {
		return this.#limits.heads;
	}

	/** The panel's patches, over what both panels show. */
	readonly frame = $derived.by((): Frame => {
		const { shown } = this;
		const window = shown && this.#parts.samePhoto() ? windowOf(shown.result.crop, shown.photo.bitmap) : WHOLE;
		return { grid: shown?.grid ?? { rows: 1, columns: 1 }, window };
	});

	get block(): number {
		const leader = this.#parts.leader();
		return leader ? relativeBlock(leader.#own.block, leader.depth, this.depth) : this.#own.block;
	}

	get head(): HeadChoice {
		const leader = this.#parts.headsGoTogether() ? this.#parts.leader() : null;
		return (leader ?? this).#own.head;
	}

	get token(): number {
		return tokenFor(this.#parts.query(), this.frame);
	}

	/** The token that was picked to stay. */
	get picked(): number {
		return tokenFor(this.#parts.picked(), this.frame);
	}

	/** The token under the pointer, whichever panel that is over. */
	get hovered(): number | null {
		const pointed = this.#parts.pointed();
		return pointed === null ? null : tokenFor(pointed, this.frame);
	}

	/** Whether its model has what is looked from. */
	get hasQuery(): boolean {
		return has(this.#parts.query(), this.frame);
	}

	/** Whether what is looked from is a place, and not a token by its name. */
	get picksPlace(): boolean {
		return typeof this.#parts.query() !== 'string';
	}

	get direction(): Direction {
		return this.#parts.direction();
	}

	/** Makes the choice its own. The comparison sees to what the other panel shows. */
	choose(block: number, head: HeadChoice): void {
		this.#own.chooseBlock(block);
		this.#own.chooseHead(head);
	}

	/** Takes over what a link says; what the model does not have falls back when the model is known. */
	open({ block, head }: { block?: number; head?: HeadChoice }): void {
		this.#own.open({ ...(block !== undefined && { block }), ...(head !== undefined && { head }) });
	}

	/** What is drawn, for measuring; null while there is nothing. */
	readonly looked = $derived.by((): Looked | null => this.view.chosen && { ...this.view.chosen, token: this.token });

	/** The largest weight that is drawn. */
	readonly most = $derived.by(() => (this.view.map ? maximum(this.view.map.patches) : 0));

	/** Figures of the head over all of its queries; they wait until they are asked for. */
	readonly #headStats = $derived.by((): HeadStats | null => {
		const chosen = this.view.chosen;
		return chosen && headStats(chosen.attention, chosen.head);
	});

	/** Figures of the query's own row, and of the head over all queries. */
	readonly stats = $derived.by((): { query: QueryStats | null; head: HeadStats | null } => {
		const { looked } = this;
		if (!looked) return NO_STATS;
		return { query: queryStats(looked.attention, looked.head, looked.token), head: this.#headStats };
	});
}
