import { ranked } from '../../analysis/vectors';

/** How a token's hidden values, or its gates, lie before the curve. */
export interface Split {
	/** How many are above zero, so that the curve lets them through. */
	readonly positive: number;
	readonly negative: number;
	readonly least: number;
	readonly most: number;
}

export function splitOf(hidden: ArrayLike<number>): Split {
	let positive = 0;
	let least = Infinity;
	let most = -Infinity;
	for (let i = 0; i < hidden.length; i++) {
		const value = hidden[i] ?? NaN;
		if (value > 0) positive++;
		least = Math.min(least, value);
		most = Math.max(most, value);
	}
	return { positive, negative: hidden.length - positive, least, most };
}

/** The hidden units that are most active, strongest first. @param active what each gives to the second layer */
export function strongest(active: ArrayLike<number>, count: number): number[] {
	return ranked(active).slice(0, count);
}

/**
 * What each feature of a token gives to a hidden unit: the token's number times the weight.
 * @param row (d) @param column (d), the unit's incoming weights
 */
export function productsOf(row: Float32Array, column: Float32Array): Float32Array {
	return row.map((value, i) => value * (column[i] ?? NaN));
}

/** The unit's sum as the features are added one by one: `products.length + 1` values, the first being the bias alone. */
export function runningSum(products: Float32Array, bias: number): Float64Array {
	const sums = Float64Array.of(bias, ...products);
	for (let i = 1; i < sums.length; i++) sums[i] = (sums[i - 1] ?? 0) + (sums[i] ?? 0);
	return sums;
}

/**
 * How active a unit is at each patch, row-major.
 * @param active (tokens, units), what each gives to the second layer @param prefix tokens before the patches
 */
export function unitMap(active: Float32Array, unit: number, units: number, prefix: number): Float32Array {
	const patches = active.length / units - prefix;
	return Float32Array.from({ length: patches }, (_, patch) => active[(patch + prefix) * units + unit] ?? NaN);
}

/** How many of the values lie in each of `bins` equal parts of [from, to]; those outside are in none. */
export function countIn(values: ArrayLike<number>, from: number, to: number, bins: number): number[] {
	const counts = new Array<number>(bins).fill(0);
	for (let i = 0; i < values.length; i++) {
		const share = ((values[i] ?? NaN) - from) / (to - from);
		if (!(share >= 0 && share <= 1)) continue;
		const bin = Math.min(bins - 1, Math.floor(share * bins));
		counts[bin] = (counts[bin] ?? 0) + 1;
	}
	return counts;
}
