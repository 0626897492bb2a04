import type { App } from '../app/app.svelte';
import type { Domain } from '../marks/raster';
import type { HeadChoice, Limits } from '../run/selection.svelte';
import { photoLink, type Direction, type Scale } from '../run/url';
import { CompareSettings } from './compare-settings.svelte';
import type { Work } from '../base/sliced.svelte';
import { differenceOf, haveSameTokens, meanTotalVariation, signedDifference } from './difference';
import type { Kind, Name } from './kinds';
import { parseCompareLink, unreadCompareParts, type CompareLink } from './link';
import { comparisonFaults, ofFirst, type Asked } from './link-faults';
import { has, instead, isSameWindow, queryOf, type Query } from '../run/places';
import { Second } from './second.svelte';
import { Side } from './side.svelte';

/** Of two maps on one scale, one that reaches no further than this part of the other is all but invisible. */
const FAR_APART = 4;

/** Two panels side by side, and what both look from. It lives as long as its page. */
export class Comparison {
	readonly first: App;
	readonly second: Second;
	/** Two maps are compared by their colours, so these mean the same in both where that can be, unless the reader says otherwise. */
	readonly settings = new CompareSettings(
		() => (this.timesApart > FAR_APART ? 'head' : 'shared'),
		() => this.whyNoScale === null
	);
	readonly a: Side;
	readonly b: Side;

	direction = $state<Direction>('from');
	/** Hold the query where it is: the pointer then reads values instead of moving it. */
	held = $state(false);
	#kind = $state<Kind>('heads');
	#linked = $state(true);
	/** The panel whose block was chosen last; where blocks go together, the other one follows it. */
	#leader = $state<Name>('A');
	#picked = $state.raw<Query>('cls');
	#pointed = $state.raw<Query | null>(null);
	/** A link that was taken up, until the reader was told what of it could not be followed. */
	#asked = $state.raw<Asked | null>(null);
	/** What that is; null where it is nothing. */
	notice = $state<string | null>(null);
	/** The panel on whose photo the reader chose what is looked from. */
	#from = $state<Name>('A');

	/** @param second a stand-in for tests */
	constructor(first: App, second = new Second(first)) {
		this.first = first;
		this.second = second;
		this.a = this.#side('A');
		this.b = this.#side('B');
	}

	#side(name: Name): Side {
		return new Side({
			name,
			source: () => (name === 'A' || this.#ofOneRun ? this.first : this.second.app),
			leader: () => (this.bound && this.#leader !== name ? this.side(this.#leader) : null),
			headsGoTogether: () => this.#kind === 'photos',
			query: () => (this.held ? this.#start : (this.#pointed ?? this.#start)),
			picked: () => this.#start,
			pointed: () => this.#pointed,
			lookedFrom: () => (this.#kind === 'photos' && this.#from !== name ? this.side(this.#from).view : null),
			hover: (query) => (this.#pointed = query),
			pick: (query) => (this.#picked = query),
			direction: () => this.direction,
			samePhoto: () => this.#kind === 'models',
			firstLook: (entry, limits) => firstLook(name, entry?.firstLook ?? null, limits),
			settings: this.settings
		});
	}

	/** Whether both panels are of A's run. */
	get #ofOneRun(): boolean {
		return this.#kind === 'heads' && this.second.edits === null;
	}

	side(name: Name): Side {
		return name === 'A' ? this.a : this.b;
	}

	get kind(): Kind {
		return this.#kind;
	}

	/** Goes on with the blocks and heads that are shown, as far as they make sense there. */
	set kind(kind: Kind) {
		if (kind === this.#kind) return;
		this.#settle();
		// Heads of two models have nothing in common but their number, so they are compared by their mean at first.
		if (kind === 'models') for (const side of this.#sides) side.choose(side.block, 'mean');
		this.#kind = kind;
		const { a, b } = this;
		if (kind === 'heads' && a.block === b.block && a.head === b.head) b.choose(a.block, nextHead(a.head, a.heads));
	}

	/** Whether the reader lets the blocks of both panels go together. */
	get linked(): boolean {
		return this.#linked;
	}

	set linked(on: boolean) {
		this.#settle();
		this.#linked = on;
	}

	/** Whether they do: two heads are each chosen by themselves. */
	get bound(): boolean {
		return this.#linked && this.#kind !== 'heads';
	}

	/** Makes what both panels show their own choices. */
	#settle(): void {
		const now = this.#sides.map(({ block, head }) => ({ block, head }));
		this.#sides.forEach((side, i) => side.choose(now[i]?.block ?? side.block, now[i]?.head ?? side.head));
		this.#leader = 'A';
	}

	get #sides(): readonly [Side, Side] {
		return [this.a, this.b];
	}

	/** What was picked; where no panel's model has that token, what both look from in its place. */
	get #start(): Query {
		const picked = this.#picked;
		const shown = this.#sides.filter((side) => side.shown !== null);
		const isThere = typeof picked !== 'string' || shown.some(({ frame }) => has(picked, frame));
		return isThere || shown.length === 0 ? picked : instead(this.a.patches);
	}

	choose(side: Side, block: number, head: HeadChoice): void {
		side.choose(block, head);
		this.#leader = side.name;
	}

	/** @param token of the map that the panel draws */
	pick(side: Side, token: number): void {
		this.#from = side.name;
		this.#picked = queryOf(token, side.frame);
	}

	/** @param token of the map that the panel draws */
	hover(side: Side, token: number | null): void {
		if (token !== null && !this.held) this.#from = side.name;
		this.#pointed = token === null ? null : queryOf(token, side.frame);
	}

	/** Whether both panels show what is to be compared: of one run, of the same photo, or by the same model. */
	readonly matched = $derived.by((): boolean => {
		const [a, b] = [this.a.shown, this.b.shown];
		if (!a || !b) return false;
		if (this.#kind === 'photos') return a.model.id === b.model.id;
		if (this.#kind === 'heads') return a === b || this.second.isAfter(a, b);
		return a.photo.blob === b.photo.blob;
	});

	/** Whether a place in the one frame is the same place in the other. */
	readonly aligned = $derived.by(() => this.matched && isSameWindow(this.a.frame.window, this.b.frame.window));

	/** Whether both look from the same: a token without a place may be missing in one of them. */
	get bothHaveQuery(): boolean {
		return this.a.hasQuery && this.b.hasQuery;
	}

	/** The panels whose models have no attention, so that nothing of it can be measured. */
	readonly withoutAttention = $derived.by(() => this.#sides.filter(({ shown, view }) => shown && view.reach === null));

	/** What is drawn in both panels, where it can be measured against each other. */
	readonly #pair = $derived.by(() => {
		const [a, b] = [this.a.view.line, this.b.view.line];
		return a && b && this.aligned && this.bothHaveQuery ? { a, b } : null;
	});

	/** How far the two maps are apart. */
	readonly difference = $derived.by(() => this.#pair && differenceOf(this.#pair.a, this.#pair.b));
	/** B less A, patch by patch. */
	readonly signed = $derived.by(() => this.#pair && signedDifference(this.#pair.a, this.#pair.b));

	/** What finds the mean difference over all queries of the two heads, where there is one; it does not follow the pointer. */
	readonly meanDifference = $derived.by((): Work<number> | null => {
		const [a, b] = [this.a.view.whole, this.b.view.whole];
		return a && b && this.aligned && haveSameTokens(a, b) ? (pause) => meanTotalVariation(a, b, pause) : null;
	});

	/**
	 * Whether colours reach up to the same in both panels: as the reader chose, and until then wherever both maps can be seen
	 * on one scale. Of two models one often cannot: a finer grid shares the same attention among more patches. The picked
	 * query decides, and not the pointer, so that colours keep their meaning while it moves.
	 */
	get scale(): Scale {
		return this.settings.scale;
	}

	set scale(scale: Scale) {
		this.settings.scale = scale;
	}

	/** Whether the scales are each its own because one map could not be seen on that of the other, and not by choice. */
	get isTooFarApart(): boolean {
		return this.settings.chosenScale === null && this.scale === 'head' && this.matched && this.drawSame;
	}

	/** How many times the picked query's largest value in the one map is that in the other, of two models; 1 where there is nothing to compare. */
	readonly timesApart = $derived.by((): number => {
		if (this.#kind !== 'models' || !this.matched || !this.drawSame) return 1;
		const [a, b] = [this.a.mostAtRest, this.b.mostAtRest];
		return a > 0 && b > 0 ? Math.max(a / b, b / a) : 1;
	});

	/** Whether colours mean the same in both panels. What is not to be compared any more does not set the scale. */
	get sharesScale(): boolean {
		return this.scale === 'shared' && this.matched && this.drawSame;
	}

	/** Whether both panels draw the same of their runs: a model may have something else under the same choice, or in its place. */
	get drawSame(): boolean {
		return this.a.view.overlay.name === this.b.view.overlay.name;
	}

	/** Why no scale can be that of both panels; null where one can, and while there is nothing to compare. */
	get whyNoScale(): string | null {
		if (!this.matched || this.drawSame) return null;
		const [a, b] = this.#sides.map(({ view }) => view.overlay.name);
		return `A draws ‘${a}’ and B ‘${b}’, which have no scale in common: each has its own.`;
	}

	/** What a panel's colours reach from and up to: its own, or both panels' where they share a scale. */
	domain(side: Side): Domain {
		if (!this.sharesScale) return side.domain;
		const both = this.#sides.filter(({ view }) => view.overlaid.values !== null).map(({ domain }) => domain);
		if (both.length === 0) return side.domain;
		return [Math.min(...both.map(([least]) => least)), Math.max(...both.map(([, most]) => most))];
	}

	/** Takes up a link. */
	open(query: URLSearchParams): void {
		const { kind, at, linked, leader, a, b } = parseCompareLink(query);
		this.settings.chosenScale = null;
		this.settings.open({ overlay: 'attention', ...a });
		this.direction = a.direction ?? this.direction;
		this.#kind = kind ?? this.#kind;
		this.#picked = at ?? this.#picked;
		this.#linked = linked ?? this.#linked;
		this.#leader = leader ?? this.#leader;
		const mean = this.#kind === 'models' ? ({ head: 'mean' } as const) : {};
		this.a.open({ ...mean, ...a });
		this.b.open({ ...mean, ...b });
		this.second.wish(b);
		const unread = unreadCompareParts(query);
		void this.first.open(ofFirst(a), ofFirst(unread.a)).then(() => (this.#asked = { a, b, unread }));
	}

	/** Says what of the link could not be followed, once both panels show what is to be compared. Call it in an effect. */
	tellFaults(): void {
		if (!this.#asked || !this.matched) return;
		this.notice = comparisonFaults(this.#asked, this, this.first.samples).join(' ') || null;
		this.#asked = null;
	}

	/** What a link must say to come back to what is shown. */
	get link(): CompareLink {
		const { model, sample, photo, backend } = this.first.link;
		const { block, head } = this.a;
		const settings: CompareLink['a'] = { ...this.settings.link };
		const { chosenScale } = this.settings;
		delete settings.scale;
		const way = this.direction === 'from' ? {} : { direction: this.direction };
		return {
			kind: this.#kind,
			at: this.#picked,
			linked: this.#linked,
			leader: this.bound ? this.#leader : 'A',
			a: {
				model,
				sample,
				photo,
				block,
				head,
				...way,
				...settings,
				...(chosenScale && { scale: chosenScale }),
				backend
			},
			b: this.#linkOfB
		};
	}

	get #linkOfB(): CompareLink['b'] {
		const { block, head, shown } = this.b;
		if (this.#kind === 'heads') return { block, head };
		const own = this.#kind === 'models' ? { model: shown?.model.id } : shown ? photoLink(shown.photo) : {};
		return this.bound && this.#kind === 'photos' ? own : { ...own, block, head };
	}
}

/** The model's own first look in A; in B the head beside it, or the first one beside the mean. */
function firstLook(
	name: Name,
	look: { block: number; head: number } | null,
	{ depth, heads }: Limits
): Limits['firstLook'] {
	if (name === 'A') return look;
	return look ? { block: look.block, head: (look.head + 1) % heads } : { block: depth - 1, head: 0 };
}

/** The head beside one, to compare it with. */
export function nextHead(head: HeadChoice, heads: number): HeadChoice {
	if (head === 'mean') return 0;
	return heads > 1 ? (head + 1) % heads : 'mean';
}
