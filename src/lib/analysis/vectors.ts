import { moments, type Numbers } from './linear';

/** `a[i] * b[i]` for every i: the terms of a dot product. */
export function products(a: Numbers, b: Numbers): Float64Array {
	return Float64Array.from({ length: a.length }, (_, i) => (a[i] ?? NaN) * (b[i] ?? NaN));
}

/** The sum, in double precision. */
export function sum(values: Numbers): number {
	let total = 0;
	for (let i = 0; i < values.length; i++) total += values[i] ?? 0;
	return total;
}

/** Indices of the values, largest first. */
export function ranked(values: Numbers): number[] {
	return Array.from({ length: values.length }, (_, i) => i).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
}

/** Largest absolute value; 1 where all are 0, so that it can end a scale. */
export function reach(...vectors: readonly Numbers[]): number {
	let largest = 0;
	for (const vector of vectors) {
		for (let i = 0; i < vector.length; i++) largest = Math.max(largest, Math.abs(vector[i] ?? 0));
	}
	return largest || 1;
}

/** Standard deviation of all values (divided by their number); 0 for none. */
export function deviation(values: Numbers): number {
	return Math.sqrt(moments(values).variance);
}
