import type { PairedTimes } from '../../tests/bench/against.ts';
import { median } from './median.ts';
import { describeRatio, pairedRatio, round, type PairedRatio } from './paired-ratio.ts';

/** Two checkouts' engines on one backend, for the JSON. Milliseconds. */
export interface Pairs {
	readonly backend: string;
	readonly threads: number;
	readonly pairs: number;
	/** Medians of each for itself; what else the machine did is in them, and hardly in the ratio. */
	readonly this: number;
	readonly other: number;
	readonly ratio: PairedRatio;
	/** The largest difference of the logits. */
	readonly difference: number;
}

export function toPairs(backend: string, times: PairedTimes): Pairs {
	return {
		backend,
		threads: times.threads,
		pairs: times.this.length,
		this: round(median(times.this), 1),
		other: round(median(times.other), 1),
		ratio: pairedRatio(times.this, times.other),
		difference: times.difference
	};
}

/** A few lines for people. */
export function describePairs(pairs: Pairs): string {
	return [
		`${pairs.backend}${pairs.threads > 1 ? `, ${pairs.threads} threads` : ''}, ${pairs.pairs} pairs of runs in turn`,
		`  median  this ${pairs.this} ms, other ${pairs.other} ms`,
		`  this/other  ${describeRatio(pairs.ratio)}`,
		`  largest difference of the logits ${pairs.difference.toExponential(1)}`
	].join('\n');
}
