import { medianOf } from '../../analysis/lengths';

/** From how many times the median on a row stands out: those of Darcet et al. (2023) are some ten times as long. */
const FAR = 4;

/** Rows that are far longer than the median, longest first. */
export interface Outliers {
	/** Counted from the first patch. */
	readonly patches: readonly number[];
	readonly median: number;
	/** Norm of the longest row; NaN where none stands out. */
	readonly longest: number;
}

/** The patches whose norm is more than {@link FAR} times the median. */
export function outliersOf(norms: readonly number[]): Outliers {
	const median = medianOf(norms);
	const far = norms.flatMap((size, patch) => (size > FAR * median ? [{ size, patch }] : []));
	far.sort((a, b) => b.size - a.size);
	return { patches: far.map(({ patch }) => patch), median, longest: far[0]?.size ?? NaN };
}

/** The place at which patches stand out the most, by the longest over the median; the last of none. */
export function farthest(all: readonly Outliers[]): number {
	const ratios = all.map(({ longest, median }) => (Number.isNaN(longest) ? 0 : longest / median));
	const most = Math.max(...ratios);
	return most > 0 ? ratios.indexOf(most) : all.length - 1;
}

/**
 * What becomes of a length from place to place, as what a sentence says of its subject: that it grows or shrinks all the
 * way, or where it turns.
 * @param sizes at least two
 * @param at a place in words, by its number: `after block 3`
 * @param text a length in words
 */
export function courseOf(
	sizes: readonly number[],
	at: (place: number) => string,
	text: (size: number) => string
): string {
	const [first = NaN, last = NaN] = [sizes[0], sizes.at(-1)];
	const steps = sizes.slice(1).map((size, i) => size - (sizes[i] ?? NaN));
	if (steps.every((step) => step >= 0)) return `grows from ${text(first)} to ${text(last)}, and never shrinks`;
	if (steps.every((step) => step <= 0)) return `shrinks from ${text(first)} to ${text(last)}, and never grows`;
	const [low, high] = [Math.min(...sizes), Math.max(...sizes)];
	const inside = (size: number) => size !== first && size !== last;
	const turns = [
		{ size: low, place: sizes.indexOf(low), verb: 'falls to' },
		{ size: high, place: sizes.indexOf(high), verb: 'rises to' }
	].filter(({ size }) => inside(size));
	turns.sort((a, b) => a.place - b.place);
	const way = turns.map(({ size, place, verb }) => `${verb} ${text(size)} ${at(place)}`);
	return `${[`begins at ${text(first)}`, ...way].join(', ')}, and ends at ${text(last)}`;
}
