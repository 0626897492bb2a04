import { random } from '../../../src/lib/engine/testing/checkpoint';

/** Numbers without a pattern, the same ones in every run. @returns `size` numbers in [-amplitude, amplitude) */
export function numbers(size: number, seed: number, amplitude = 1): Float32Array {
	const next = random(seed);
	return Float32Array.from({ length: size }, () => amplitude * next());
}

/** The largest magnitude. */
export function largest(values: ArrayLike<number>): number {
	let result = 0;
	for (let i = 0; i < values.length; i++) result = Math.max(result, Math.abs(values[i] ?? NaN));
	return result;
}

/** The largest difference, NaN if any number is. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
	if (a.length !== b.length) return NaN;
	let result = 0;
	for (let i = 0; i < a.length; i++) result = Math.max(result, Math.abs((a[i] ?? NaN) - (b[i] ?? NaN)));
	return result;
}
