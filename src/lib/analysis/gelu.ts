import type { CommonConfig } from '../engine/config';

/** Beyond this the error function is 1 to the last bit of a double. */
const FLAT = 6;

/**
 * The error function, `2 / sqrt(pi) * integral of exp(-t^2) from 0 to x`, to about 1e-15. By Kummer's form of its
 * series, `2 / sqrt(pi) * exp(-x^2) * sum of 2^n x^(2n + 1) / (1 * 3 * ... * (2n + 1))` (DLMF 7.6.2): all its terms
 * have the sign of x, so nothing is lost by cancellation.
 * @returns a number in [-1, 1]
 */
export function erf(x: number): number {
	if (Math.abs(x) > FLAT) return Math.sign(x);
	let term = x;
	let sum = x;
	for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
		term *= (2 * x * x) / (2 * n + 1);
		sum += term;
	}
	return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/**
 * The exact Gaussian error linear unit, `x / 2 * (1 + erf(x / sqrt 2))` (Hendrycks and Gimpel 2016, arXiv 1606.08415,
 * equation 2): x times the share of a standard normal distribution that lies below x.
 * @returns at least -0.17, the curve's lowest point; about 0 far to the left of it, and about x far to the right
 */
export function gelu(x: number): number {
	return (x / 2) * (1 + erf(x * Math.SQRT1_2));
}

/** Its approximation with tanh, from section 2 of the same paper. */
export function tanhGelu(x: number): number {
	return (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
}

/** Its approximation with a sigmoid, from the same section, which CLIP's authors call quick. */
export function quickGelu(x: number): number {
	return x / (1 + Math.exp(-1.702 * x));
}

/** By the names that configurations have for them. */
export const GELUS: Readonly<Record<CommonConfig['gelu'], (x: number) => number>> = {
	erf: gelu,
	tanh: tanhGelu,
	sigmoid: quickGelu
};
