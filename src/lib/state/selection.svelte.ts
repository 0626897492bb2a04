import { CLS } from '../marks/tokens';
import type { Direction, Permalink } from './url';

/** How far a selection may reach in the model at hand. */
export interface Limits {
	readonly depth: number;
	readonly heads: number;
	/** Of a model whose blocks have different numbers of them: the heads of one, counted from 0; `heads` without it. */
	readonly headsOf?: ((block: number) => number) | null;
	readonly tokens: number;
	/** The query until a token was picked; the first one, CLS, without it. */
	readonly firstToken?: number;
	/** What to show before a choice is made; the mean over the last block's heads without it. */
	readonly firstLook?: { readonly block: number; readonly head: number } | null;
}

export type HeadChoice = number | 'mean';

/**
 * Which block, head and query token are looked at. Until a choice was made they are the model's first look; a choice that a smaller model does not have falls back in the same way, and comes back with a larger one.
 */
export class Selection {
	readonly #limits: () => Limits;
	#block = $state<number | null>(null);
	#head = $state<HeadChoice | null>(null);
	#token = $state<number | null>(null);
	#hovered = $state<number | null>(null);

	direction = $state<Direction>('from');
	/** Hold the query where it is: the pointer then reads values instead of moving it. */
	held = $state(false);

	/** @param limits the sizes of the model on show, asked for at each use. */
	constructor(limits: () => Limits) {
		this.#limits = limits;
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
		const { tokens, firstToken = CLS } = this.#limits();
		return this.#token !== null && this.#token < tokens ? this.#token : firstToken;
	}

	/** The token under the pointer, if any. */
	get hovered(): number | null {
		return this.#hovered !== null && this.#hovered < this.#limits().tokens ? this.#hovered : null;
	}

	/** The token whose map is drawn: the one under the pointer, unless the query is held. */
	get token(): number {
		return this.held ? this.picked : (this.hovered ?? this.picked);
	}

	chooseBlock(block: number): void {
		this.#block = Math.max(0, Math.min(block, this.#limits().depth - 1));
	}

	chooseHead(head: HeadChoice): void {
		this.#head = head;
	}

	pick(token: number): void {
		this.#token = token;
	}

	hover(token: number | null): void {
		this.#hovered = token;
	}

	/** Takes over what a link says; sizes are checked when the model is known. */
	open(link: Partial<Permalink>): void {
		if (link.block !== undefined) this.#block = link.block;
		if (link.head !== undefined) this.#head = link.head;
		if (link.token !== undefined) this.#token = link.token;
		if (link.direction !== undefined) this.direction = link.direction;
	}

	/** What a link must say to come back here. */
	get link(): Partial<Permalink> {
		const { block, head, picked: token, direction } = this;
		return { block, head, token, ...(direction === 'from' ? {} : { direction }) };
	}
}
