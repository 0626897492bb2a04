import { products, sum } from '../../analysis/vectors';

/** Attention for one token and one head, in float64 from float32 taps: what the figure computes beside the model. */

/** Dot products of one query with every key, before any scaling. @param keys rows of `query.length` numbers */
export function dotProducts(query: ArrayLike<number>, keys: Float32Array): Float64Array {
	const size = query.length;
	return Float64Array.from({ length: keys.length / size }, (_, j) =>
		sum(products(query, keys.subarray(j * size, (j + 1) * size)))
	);
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
