import type { ShareBox } from '../analysis/box-share';
import type { Grid } from '../marks/tokens';
import {
	isSameWindow,
	nameOf,
	queryOf,
	tokenFor,
	tokenIn,
	tokenNamed,
	WHOLE,
	type Place,
	type Sight,
	type TokenName
} from './places';
import type { Direction, Permalink } from './url';

/** Which blocks and heads the model at hand has. */
export interface Limits {
	readonly depth: number;
	readonly heads: number;
	/** Of a model whose blocks have different numbers of them: the heads of one, counted from 0; `heads` without it. */
	readonly headsOf?: ((block: number) => number) | null;
	/** What to show before a choice is made; the mean over the last block's heads without it. */
	readonly firstLook?: { readonly block: number; readonly head: number } | null;
	/** How many classes it tells apart; 0 without it. */
	readonly classes?: number;
	/** The one that it names first, counted from 0; null while nothing is shown, and of a model that names none. */
	readonly firstClass?: number | null;
}

export type HeadChoice = number | 'mean';

/** A token, and what it was chosen on. */
interface Spot {
	readonly token: number;
	readonly sight: Sight;
	/** The grid on which it was chosen, where that is not of the model's patches: its number there says nothing elsewhere. */
	readonly grid: Grid | null;
}

/** Where the query and the pointer are on some grid, as its tokens. */
export interface Looked {
	readonly token: number;
	readonly picked: number;
	readonly hovered: number | null;
}

/** Stands in while nothing is shown. */
const NOWHERE = { rows: 1, columns: 1 };

/**
 * Which block, head and query token are looked at. Until a choice was made they are the model's first look; a choice
 * that a smaller model does not have falls back in the same way, and comes back with a larger one. The query stays at
 * its place on the photo when another model sees it, or the same one at another size.
 */
export class Selection {
	readonly #limits: () => Limits;
	readonly #sight: () => Sight | null;
	#block = $state<number | null>(null);
	#head = $state<HeadChoice | null>(null);
	#picked = $state.raw<Spot | Place | TokenName>('cls');
	#hovered = $state.raw<Spot | null>(null);

	direction = $state<Direction>('from');
	/** Hold the query where it is: the pointer then reads values instead of moving it. */
	held = $state(false);
	#classIndex = $state<number | null>(null);
	/** What it was drawn on; null of one that a link brought, until {@link settle}. */
	#box = $state.raw<{ readonly box: ShareBox; readonly sight: Sight | null } | null>(null);

	/**
	 * @param limits the sizes of the model on show, asked for at each use
	 * @param sight what it sees, likewise; null while nothing is shown
	 */
	constructor(limits: () => Limits, sight: () => Sight | null = () => null) {
		this.#limits = limits;
		this.#sight = sight;
	}

	/** Counted from 0. */
	get block(): number {
		const { depth, firstLook } = this.#limits();
		return Math.min(this.#block ?? firstLook?.block ?? depth - 1, depth - 1);
	}

	/** Counted from 0, or the mean over the block's heads. */
	get head(): HeadChoice {
		const { firstLook, ...limits } = this.#limits();
		const heads = limits.headsOf?.(this.block) ?? limits.heads;
		const head = this.#head ?? (this.#block === null ? firstLook?.head : null) ?? 'mean';
		return head !== 'mean' && head < heads ? head : 'mean';
	}

	/** The token that was picked to stay. */
	get picked(): number {
		return this.#pickedOn(this.#grid);
	}

	/** Whether the query was picked on a photo that is not there any more: what is there is looked at from the beginning. */
	get #isElsewhere(): boolean {
		const [spot, sight] = [this.#picked, this.#sight()];
		return typeof spot === 'object' && 'sight' in spot && sight !== null && sight.photo !== spot.sight.photo;
	}

	#pickedOn(grid: Grid): number {
		const sight = this.#sight();
		const spot = this.#isElsewhere ? 'cls' : this.#picked;
		if (typeof spot === 'object')
			return 'sight' in spot ? this.#here(spot, grid) : tokenFor(spot, { window: WHOLE, ...sight, grid });
		const own = tokenNamed(spot, this.#grid);
		// A name is the same on every grid, and a number that of one of the model's patches.
		return typeof spot === 'string' || !sight ? tokenNamed(spot, grid) : tokenIn({ ...sight, grid }, own, sight);
	}

	/** The box that heads are ranked by, in shares of what the model saw: gone where another photo, or part of one, is seen. */
	get box(): ShareBox | null {
		const now = this.#sight();
		if (!this.#box || !now) return null;
		const { box, sight } = this.#box;
		const isThere = !sight || (sight.photo === now.photo && isSameWindow(sight.window, now.window));
		return isThere ? box : null;
	}

	set box(box: ShareBox | null) {
		this.#box = box && { box, sight: this.#sight() };
	}

	/** The token under the pointer, if any. */
	get hovered(): number | null {
		return this.#hovered && this.#here(this.#hovered);
	}

	/** The token that is at a spot now, of the model's own patches or of another grid over the same. */
	#here({ token, sight }: Spot, grid: Grid = this.#grid): number {
		return tokenIn({ ...(this.#sight() ?? sight), grid }, token, sight);
	}

	/** Where it looks, and from where, on another grid over what the model saw: of a map with other places than its patches. */
	on(grid: Grid): Looked {
		const picked = this.#pickedOn(grid);
		const hovered = this.#hovered && this.#here(this.#hovered, grid);
		return { picked, hovered, token: this.held ? picked : (hovered ?? picked) };
	}

	get #grid() {
		return this.#sight()?.grid ?? NOWHERE;
	}

	/** The token whose map is drawn: the one under the pointer, unless the query is held. */
	get token(): number {
		return this.held ? this.picked : (this.hovered ?? this.picked);
	}

	/** The class that maps of one class are of, counted from 0: the chosen one, or the one that the model names first. */
	get classIndex(): number | null {
		const { classes = 0, firstClass = null } = this.#limits();
		return this.#classIndex !== null && this.#classIndex < classes ? this.#classIndex : firstClass;
	}

	chooseClass(index: number): void {
		this.#classIndex = index;
	}

	chooseBlock(block: number): void {
		this.#block = Math.max(0, Math.min(block, this.#limits().depth - 1));
	}

	chooseHead(head: HeadChoice): void {
		this.#head = head;
	}

	/** @param grid on which the token is counted, where that is not of the model's patches */
	pick(token: number, grid?: Grid): void {
		const sight = this.#sight();
		if (sight) this.#picked = spotAt(token, sight, grid);
	}

	/** @param grid as in {@link pick} */
	hover(token: number | null, grid?: Grid): void {
		const sight = this.#sight();
		this.#hovered = token === null || !sight ? null : spotAt(token, sight, grid);
	}

	/**
	 * Takes over what a link says; sizes are checked when the model is known. A patch is a number until {@link settle}.
	 */
	open(link: Partial<Permalink>): void {
		if (link.block !== undefined) this.#block = link.block;
		if (link.head !== undefined) this.#head = link.head;
		if (link.token !== undefined) this.#picked = link.token;
		if (link.direction !== undefined) this.direction = link.direction;
		if (link.class !== undefined) this.#classIndex = link.class;
		if (link.box !== undefined) this.#box = { box: link.box, sight: null };
	}

	/** Makes the patch that a link gave by its number the place that it has in what is shown now. */
	settle(): void {
		if (typeof this.#picked === 'number') this.pick(this.picked);
		if (this.#box && !this.#box.sight) this.box = this.#box.box;
	}

	/** Back to the model's own first look: for a link whose model is not here, so that it says nothing of another. */
	reset(): void {
		this.#block = this.#head = null;
		this.#picked = 'cls';
		this.#classIndex = this.#box = null;
	}

	/** The place of the query, where it was chosen on another grid than that of the model's patches; else null. */
	get #place(): Place | null {
		const [spot, sight] = [this.#picked, this.#sight()];
		if (typeof spot !== 'object' || this.#isElsewhere) return null;
		if (!('sight' in spot)) return spot;
		if (!spot.grid || !sight) return null;
		const query = queryOf(this.#here(spot, spot.grid), { ...sight, grid: spot.grid });
		return typeof query === 'string' ? null : query;
	}

	/** What a link must say to come back here. */
	get link(): Partial<Permalink> {
		const { block, head, direction } = this;
		const { classes } = this.#limits();
		const isClass = this.#classIndex !== null && (classes === undefined || this.#classIndex < classes);
		const token = this.#place ?? nameOf(this.picked, this.#grid);
		return {
			block,
			head,
			token,
			...(direction === 'from' ? {} : { direction }),
			...(isClass && { class: this.#classIndex ?? undefined }),
			...(this.box && { box: this.box })
		};
	}
}

const spotAt = (token: number, sight: Sight, grid: Grid | null = null): Spot => ({
	token,
	sight: grid ? { ...sight, grid } : sight,
	grid
});
