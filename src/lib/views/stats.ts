import {
	attentionDistanceFrom,
	clsPart,
	distanceOf,
	distanceTable,
	entropy,
	isThere,
	rowOf,
	type Attention
} from '../analysis/attention';
import type { Pause } from '../base/slices';

/** What one head does on this photo, over all of its queries. */
export interface HeadStats {
	/** Mean entropy of the rows, in nats; between 0 and ln(tokens). */
	readonly entropy: number;
	/** Mean attention distance between patches, in pixels of the model's input. */
	readonly distance: number;
	/** Mean weight that goes to CLS, in [0, 1]; null in a model without one. */
	readonly cls: number | null;
}

/**
 * @param pause awaited before each query, for a large head takes a second
 * @throws whatever `pause` throws
 */
export async function headStats(a: Attention, head: number, pause: Pause = () => undefined): Promise<HeadStats> {
	const table = distanceTable(a);
	const [entropies, distances, shares] = [new Mean(), new Mean(), new Mean()];
	for (let token = 0; token < a.tokens; token++) {
		await pause();
		const row = rowOf(a, head, token);
		if (!isThere(row)) continue;
		entropies.add(entropy(row));
		shares.add(clsPart(a, row));
		if (token >= a.prefix) distances.add(distanceOf(a, token, row, table));
	}
	return { entropy: entropies.value, distance: distances.value, cls: a.cls ? shares.value : null };
}

/** The mean of what is added; 0 of nothing. */
class Mean {
	#sum = 0;
	#count = 0;

	/** @param value null for one that is left out */
	add(value: number | null): void {
		if (value === null) return;
		this.#sum += value;
		this.#count++;
	}

	get value(): number {
		return this.#count > 0 ? this.#sum / this.#count : 0;
	}
}

/** The same for a single query. `distance` is null for CLS and the others before the patches, which have no place. */
export interface QueryStats {
	readonly entropy: number;
	readonly distance: number | null;
	readonly cls: number | null;
}

export function queryStats(a: Attention, head: number, token: number): QueryStats {
	const row = rowOf(a, head, token);
	return { entropy: entropy(row), distance: attentionDistanceFrom(a, head, token), cls: clsPart(a, row) };
}

/**
 * What measures each head of a block, then the average of their maps. Nothing is measured yet: with a large model that
 * would keep the page busy for too long.
 * @param block the attention of all heads
 * @param mean their average, as an attention of a single head
 * @param stats the figures of one head, counted from 0
 */
export function measuresOf<A extends { readonly heads: number }, Stats>(
	block: A,
	mean: A,
	stats: (attention: A, head: number, pause: Pause) => Promise<Stats>
): ((pause: Pause) => Promise<Stats>)[] {
	const heads = Array.from({ length: block.heads }, (_, head) => (pause: Pause) => stats(block, head, pause));
	return [...heads, (pause) => stats(mean, 0, pause)];
}
