import type { Direction, Permalink } from './url';

/** How far a selection may reach in the model at hand. */
export interface Limits {
	readonly depth: number;
	readonly heads: number;
	readonly tokens: number;
}

export type HeadChoice = number | 'mean';

/**
 * Which block, head and query token are looked at. Until a choice was made the block is the last one, whichever that
 * is; a choice that a smaller model does not have falls back in the same way, and comes back with a larger one.
 */
export class Selection {
	readonly #limits: () => Limits;
	#block = $state<number | null>(null);
	#head = $state<HeadChoice>('mean');
	#token = $state(0);
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
		const last = this.#limits().depth - 1;
		return Math.min(this.#block ?? last, last);
	}

	/** Counted from 0, or the mean over the block's heads. */
	get head(): HeadChoice {
		return this.#head !== 'mean' && this.#head < this.#limits().heads ? this.#head : 'mean';
	}

	/** The token that was picked to stay; 0 is CLS. */
	get picked(): number {
		return this.#token < this.#limits().tokens ? this.#token : 0;
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
