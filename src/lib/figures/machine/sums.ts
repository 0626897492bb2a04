import type { Cell } from './cells';

/** What a term is a product of. */
export interface Factor {
	readonly name: string;
	readonly value: number;
	/** Where it can be walked to; null of what was learned, or of what is no number of the run. */
	readonly cell: Cell | null;
}

/** One of the parts that a number is made of: the product of its factors. */
export interface Term {
	readonly factors: readonly Factor[];
	/** What it adds to the sum; null where the number is no sum. */
	readonly adds: number | null;
}

/** Where a number comes from. */
export interface Explained {
	readonly value: number;
	/** How such a number is made, in a sentence. */
	readonly rule: string;
	/** The same with this run's numbers. */
	readonly formula: string;
	readonly terms: readonly Term[];
	/** The terms that are not listed. */
	readonly rest: { readonly count: number; readonly adds: number } | null;
	/** What the formula gives, in double precision from the run's own numbers: `value`, up to rounding. */
	readonly computed: number;
}

/** A sum of many terms, the largest of which are listed. */
export interface Sum {
	readonly terms: readonly Term[];
	readonly rest: Explained['rest'];
	readonly total: number;
}

/** Terms that are listed of many. */
export const LISTED = 5;

const size = ({ adds }: Pick<Term, 'adds'>): number => Math.abs(adds ?? 0);

/**
 * Lists the largest terms of a sum.
 * @param adds what each adds
 * @param termOf the factors of one
 * @param always terms that are listed, however small they are, before the others
 */
export function sumOf(
	adds: ArrayLike<number>,
	termOf: (index: number) => readonly Factor[],
	always: readonly Term[] = []
): Sum {
	const order = Array.from({ length: adds.length }, (_, i) => i);
	order.sort((a, b) => Math.abs(adds[b] ?? 0) - Math.abs(adds[a] ?? 0));
	const listed = order.slice(0, LISTED).map((i): Term => ({ factors: termOf(i), adds: adds[i] ?? NaN }));
	const others = order.slice(LISTED);
	const left = others.reduce((sum, i) => sum + (adds[i] ?? NaN), 0);
	const terms = [...always, ...listed].sort((a, b) => size(b) - size(a));
	const total = terms.reduce((sum, term) => sum + (term.adds ?? 0), left);
	return { terms, rest: others.length > 0 ? { count: others.length, adds: left } : null, total };
}

/** What is learned, and multiplies or is added. */
export const learned = (name: string, value: number): Factor => ({ name, value, cell: null });

/**
 * One output of a linear layer: each input times its weight, and the bias.
 * @param inputs (inputs) @param weights the output's own, (inputs) @param bias null for none
 */
export function linearSum(
	inputs: ArrayLike<number>,
	weights: ArrayLike<number>,
	bias: number | null,
	inputOf: (index: number) => Pick<Factor, 'name' | 'cell'>
): Sum {
	const adds = Float64Array.from({ length: inputs.length }, (_, i) => (inputs[i] ?? NaN) * (weights[i] ?? NaN));
	const factors = (i: number) => [
		{ ...inputOf(i), value: inputs[i] ?? NaN },
		learned(/* @wc-include */ 'weight', weights[i] ?? NaN)
	];
	return sumOf(
		adds,
		factors,
		bias === null ? [] : [{ factors: [learned(/* @wc-include */ 'bias', bias)], adds: bias }]
	);
}
