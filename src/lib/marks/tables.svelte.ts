import { getContext, setContext, untrack } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';

/** The numbers that a mark draws, as a table. */
export interface MarkTable {
	/** What they are, as the mark says it to those who can't see it. */
	readonly title: string;
	readonly columns: readonly string[];
	/** Elements, rows and columns count from 0, as in every file. */
	readonly rows: () => Iterable<readonly (string | number)[]>;
}

type Offer = () => MarkTable;

/** The tables of all marks that are on show below a component. */
export class Tables {
	readonly #offers = new SvelteSet<Offer>();

	/** How many marks there are that have one. */
	get count(): number {
		return this.#offers.size;
	}

	/** @returns how to take it back */
	add(offer: Offer): () => void {
		this.#offers.add(offer);
		return () => void this.#offers.delete(offer);
	}

	/** As they are now, in the order in which the marks came. */
	get all(): MarkTable[] {
		return [...this.#offers].map((offer) => offer());
	}
}

const KEY = Symbol('tables');

/** Gathers the tables of the marks below the calling component. */
export function provideTables(): Tables {
	return setContext(KEY, new Tables());
}

/**
 * Call it while a mark is made.
 * @param offer what it draws, asked for when somebody wants to take it along
 * @param isDrawn whether it draws any numbers now
 */
export function offerTable(offer: Offer, isDrawn: () => boolean = () => true): void {
	const tables = getContext<Tables | undefined>(KEY);
	if (!tables) return;
	const isThere = $derived(isDrawn());
	$effect(() => {
		// Of what is offered already, no mark wants to know.
		if (isThere) return untrack(() => tables.add(offer));
	});
}

/** The cells of a matrix, a line each. @param values row-major */
export function* cellRows(values: ArrayLike<number>, columns: number): Generator<readonly number[]> {
	for (let i = 0; i < values.length; i++) yield [Math.floor(i / columns), i % columns, values[i] ?? NaN];
}
