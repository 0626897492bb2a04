/** A share that was counted, and between which two the true one lies, with 95 % confidence. All in [0, 1]. */
export interface CountedShare {
	readonly share: number;
	readonly low: number;
	readonly high: number;
}

/** The quantile of the normal distribution that 97.5 % lie below. */
const Z = 1.959963984540054;

/**
 * The share of `right` among `all`, with Wilson's score interval (Wilson 1927, Journal of the American Statistical
 * Association 22, page 209), which stays honest where there are few and where all are right.
 * @param all at least 1
 */
export function wilson(right: number, all: number): CountedShare {
	const share = right / all;
	const square = Z ** 2 / all;
	const middle = (share + square / 2) / (1 + square);
	const half = (Z * Math.sqrt((share * (1 - share)) / all + square / (4 * all))) / (1 + square);
	return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
