/** Where the median of what was sampled lies, whatever the distribution. */
export interface MedianInterval {
	readonly low: number;
	readonly high: number;
	/** The chance that such an interval holds the true median: at least what was asked for. */
	readonly coverage: number;
}

/** @returns NaN of no values */
export function median(values: readonly number[]): number {
	const sorted = ascending(values);
	const middle = sorted.length >> 1;
	const upper = sorted[middle] ?? NaN;
	return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

/**
 * The exact interval between two order statistics: the number of values below the true median is binomial with a half,
 * so the k-th smallest and the k-th largest enclose it unless fewer than k lie on one side (H. A. David and
 * H. N. Nagaraja, Order Statistics, 3rd edition 2003, section 7.1). Unlike a bootstrap it needs no random numbers, and
 * keeps its promise for few values. `scipy.stats.quantile_test` gives the same.
 * @param confidence in (0, 1)
 * @returns null where even the smallest and the largest promise less, as of fewer than 6 values at 0.95
 */
export function medianInterval(values: readonly number[], confidence = 0.95): MedianInterval | null {
	const n = values.length;
	let k = 0;
	let outside = 0;
	// The chance that exactly k values lie below, by its logarithm, which does not underflow.
	for (let log = -n * Math.LN2; k < n / 2; log += Math.log((n - k) / (k + 1)), k++) {
		const wider = outside + 2 * Math.exp(log);
		if (wider > 1 - confidence) break;
		outside = wider;
	}
	if (k === 0) return null;
	const sorted = ascending(values);
	return { low: sorted[k - 1] ?? NaN, high: sorted[n - k] ?? NaN, coverage: 1 - outside };
}

function ascending(values: readonly number[]): number[] {
	return [...values].sort((a, b) => a - b);
}
