import { layerNorm, moments } from '../../analysis/linear';

/** A patch whose place is told by its number alone, as no model does it. */
export interface Numbered {
	/** The embedding with the number added to its first feature. (dim) */
	readonly sum: Float32Array;
	/** What layer norm makes of the embedding, and of the sum, before its gain and bias. (dim) */
	readonly alone: Float64Array;
	readonly together: Float64Array;
	/** By what the norm divides either, at least the root of its epsilon. */
	readonly spreads: { readonly alone: number; readonly together: number };
}

/**
 * @param embedding (dim)
 * @param number which patch it is, from 1
 * @param eps of the layer norm (Ba et al. 2016, arXiv 1607.06450, equation 4)
 */
export function numbered(embedding: Float32Array, number: number, eps: number): Numbered {
	const sum = embedding.map((value, i) => (i === 0 ? value + number : value));
	const plain = { weight: embedding.map(() => 1), bias: embedding.map(() => 0), eps };
	const spread = (row: Float32Array) => Math.sqrt(moments(row).variance + eps);
	return {
		sum,
		alone: layerNorm(embedding, plain),
		together: layerNorm(sum, plain),
		spreads: { alone: spread(embedding), together: spread(sum) }
	};
}
