/**
 * The sigmoid linear unit, `x / (1 + exp(-x))` (Hendrycks and Gimpel 2016, arXiv 1606.08415, section 2), also called
 * Swish: x times a share that goes from 0 far to the left to 1 far to the right.
 * @returns at least -0.28, the curve's lowest point
 */
export function silu(x: number): number {
	return x / (1 + Math.exp(-x));
}
