/** Attention for one token and one head, in float64 from float32 taps: what the figure computes beside the model. */

/** `a[i] * b[i]` for every i: the terms of a dot product. */
export function products(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
	return Float64Array.from({ length: a.length }, (_, i) => (a[i] ?? NaN) * (b[i] ?? NaN));
}

export function sum(values: ArrayLike<number>): number {
	let total = 0;
	for (let i = 0; i < values.length; i++) total += values[i] ?? 0;
	return total;
}

/** Dot products of one query with every key, before any scaling. @param keys rows of `query.length` numbers */
export function dotProducts(query: ArrayLike<number>, keys: Float32Array): Float64Array {
	const size = query.length;
	return Float64Array.from({ length: keys.length / size }, (_, j) =>
		sum(products(query, keys.subarray(j * size, (j + 1) * size)))
	);
}

/** A softmax with what it goes through: `powers[j] = exp(scores[j] - largest)`, `weights[j] = powers[j] / total`. */
export interface Softmax {
	readonly largest: number;
	readonly powers: Float64Array;
	readonly total: number;
	readonly weights: Float64Array;
}

export function softmax(scores: ArrayLike<number>): Softmax {
	let largest = -Infinity;
	for (let j = 0; j < scores.length; j++) largest = Math.max(largest, scores[j] ?? -Infinity);
	const powers = Float64Array.from(scores, (score) => Math.exp(score - largest));
	const total = sum(powers);
	return { largest, powers, total, weights: powers.map((power) => power / total) };
}

/** `weights[j] * value_j` for one key: what that key adds to the head's output. @param values rows of `size` numbers */
export function share(weights: ArrayLike<number>, values: Float32Array, key: number, size: number): Float64Array {
	const weight = weights[key] ?? NaN;
	return Float64Array.from(values.subarray(key * size, (key + 1) * size), (value) => weight * value);
}

/** `sum_j weights[j] * value_j` over the given keys. @param values rows of `size` numbers */
export function weightedSum(
	weights: ArrayLike<number>,
	values: Float32Array,
	size: number,
	keys: readonly number[]
): Float64Array {
	const out = new Float64Array(size);
	for (const key of keys) {
		const added = share(weights, values, key, size);
		for (let f = 0; f < size; f++) out[f] = (out[f] ?? 0) + (added[f] ?? 0);
	}
	return out;
}

/** Indices of the values, largest first. */
export function ranked(values: ArrayLike<number>): number[] {
	return Array.from({ length: values.length }, (_, i) => i).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
}

/** Largest absolute value; 1 where all are 0, so that it can end a scale. */
export function reach(...vectors: readonly ArrayLike<number>[]): number {
	let largest = 0;
	for (const vector of vectors) {
		for (let i = 0; i < vector.length; i++) largest = Math.max(largest, Math.abs(vector[i] ?? 0));
	}
	return largest || 1;
}

/** Standard deviation of all values (divided by their number). */
export function deviation(values: ArrayLike<number>): number {
	const mean = sum(values) / values.length;
	return Math.sqrt(sum(Float64Array.from(values, (value) => (value - mean) ** 2)) / values.length);
}
