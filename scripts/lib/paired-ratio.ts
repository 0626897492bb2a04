import { median, medianInterval } from './median.ts';

/** What was measured on this side, divided by what was measured on the other at the same turn. */
export interface PairedRatio {
	/** The median over the pairs: below 1 this side takes less. */
	readonly median: number;
	/** Its 95 % interval; null for fewer than 6 pairs, which promise less. */
	readonly interval: readonly [low: number, high: number] | null;
	/** What the interval promises exactly, at least 0.95; null without one. */
	readonly coverage: number | null;
}

/** @param these as many as `others`, and of the same turns */
export function pairedRatio(these: readonly number[], others: readonly number[]): PairedRatio {
	const ratios = these.map((value, i) => value / (others[i] ?? NaN));
	const interval = medianInterval(ratios);
	return {
		median: round(median(ratios), 4),
		interval: interval && [round(interval.low, 4), round(interval.high, 4)],
		coverage: interval && round(interval.coverage, 4)
	};
}

/** For people, in one line. */
export function describeRatio({ median, interval }: PairedRatio): string {
	const range = interval
		? `95 % interval ${interval.map((end) => end.toFixed(3)).join(' to ')}`
		: 'too few pairs for a 95 % interval';
	return `ratio ${median.toFixed(3)}, ${range}`;
}

export function round(value: number, digits: number): number {
	return Number(value.toFixed(digits));
}
