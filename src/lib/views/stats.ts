import {
	attentionDistance,
	attentionDistanceFrom,
	clsPart,
	entropy,
	headEntropy,
	meanOverQueries,
	rowOf,
	type Attention
} from '../analysis/attention';

/** What one head does on this photo, over all of its queries. */
export interface HeadStats {
	/** Mean entropy of the rows, in nats; between 0 and ln(tokens). */
	readonly entropy: number;
	/** Mean attention distance between patches, in pixels of the model's input. */
	readonly distance: number;
	/** Mean weight that goes to CLS, in [0, 1]; null in a model without one. */
	readonly cls: number | null;
}

export function headStats(a: Attention, head: number): HeadStats {
	const cls = a.cls ? meanOverQueries(a, head, (row) => clsPart(a, row) ?? 0) : null;
	return { entropy: headEntropy(a, head), distance: attentionDistance(a, head), cls };
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
 * What measures each head of a block, then the average of their maps. Nothing is measured yet: with a large model all of
 * them would keep the page busy for too long.
 * @param block the attention of all heads
 * @param mean their average, as an attention of a single head
 * @param stats the figures of one head, counted from 0
 */
export function measuresOf<A extends { readonly heads: number }, Stats>(
	block: A,
	mean: A,
	stats: (attention: A, head: number) => Stats
): (() => Stats)[] {
	const heads = Array.from({ length: block.heads }, (_, head) => () => stats(block, head));
	return [...heads, () => stats(mean, 0)];
}
