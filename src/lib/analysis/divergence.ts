import type { Numbers } from './linear';

/**
 * Total variation distance of two distributions, `TV = 1/2 sum_i |p_i - q_i|`, in [0, 1]: the least share of the one
 * that has to be moved elsewhere to make it the other. See Levin, Peres and Wilmer, "Markov Chains and Mixing Times",
 * proposition 4.2.
 * @param p weights in [0, 1] that sum to 1
 * @param q as many, in the same order
 */
export function totalVariation(p: Numbers, q: Numbers): number {
	let sum = 0;
	for (let i = 0; i < p.length; i++) sum += Math.abs((p[i] ?? 0) - (q[i] ?? 0));
	return Math.min(1, sum / 2);
}

/**
 * Jensen-Shannon divergence of two distributions, in bits:
 *
 *     JS = H((p + q) / 2) - (H(p) + H(q)) / 2
 *
 * in [0, 1]: 0 where they are the same, 1 where no place has weight in both. After Lin, "Divergence measures based on the
 * Shannon entropy" (IEEE Trans. Inf. Theory 37, 1991); between attention heads used by Clark et al. (arXiv 1906.04341).
 * @param p weights in [0, 1] that sum to 1
 * @param q as many, in the same order
 */
export function jensenShannon(p: Numbers, q: Numbers): number {
	let sum = 0;
	for (let i = 0; i < p.length; i++) {
		const [a, b] = [p[i] ?? 0, q[i] ?? 0];
		const middle = (a + b) / 2;
		// 0 log 0 is 0; where either is above 0, so is their middle.
		if (a > 0) sum += (a / 2) * Math.log2(a / middle);
		if (b > 0) sum += (b / 2) * Math.log2(b / middle);
	}
	return Math.max(0, Math.min(1, sum));
}

/** The values divided by their sum; as they are where they sum to 0. */
export function normalised(values: Numbers): Float64Array {
	let sum = 0;
	for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
	return Float64Array.from({ length: values.length }, (_, i) => (values[i] ?? 0) / (sum || 1));
}

/** Weights of the patches of a grid over some frame. */
export interface GridWeights {
	/** `rows * columns` weights, row-major. */
	readonly values: Numbers;
	readonly rows: number;
	readonly columns: number;
}

/**
 * Two grids over the same frame, on the finest grid of rectangles that both are made of: each patch's weight is spread
 * evenly over its area. The sums stay as they are; for equal grids this gives the weights themselves.
 * @returns as many weights for each, in the same order
 */
export function onCommonGrid(a: GridWeights, b: GridWeights): [Float64Array, Float64Array] {
	const across = commonPieces(a.columns, b.columns);
	const down = commonPieces(a.rows, b.rows);
	const spread = (grid: GridWeights, side: 0 | 1) =>
		Float64Array.from({ length: down.length * across.length }, (_, i) => {
			const row = down[Math.floor(i / across.length)];
			const column = across[i % across.length];
			if (!row || !column) return 0;
			const share = row.length * grid.rows * (column.length * grid.columns);
			return (grid.values[row.of[side] * grid.columns + column.of[side]] ?? 0) * share;
		});
	return [spread(a, 0), spread(b, 1)];
}

/** A piece of a side of length 1: which part of each division it lies in, and how long it is. */
interface Piece {
	readonly of: readonly [number, number];
	readonly length: number;
}

/** A side cut at the ends of `n` and of `m` equal parts, first to last. */
function commonPieces(n: number, m: number): Piece[] {
	const pieces: Piece[] = [];
	// In whole numbers, in units of 1 / (n m), so that ends that coincide do so exactly.
	let at = 0;
	while (at < n * m) {
		const of = [Math.floor(at / m), Math.floor(at / n)] as const;
		const end = Math.min((of[0] + 1) * m, (of[1] + 1) * n);
		pieces.push({ of, length: (end - at) / (n * m) });
		at = end;
	}
	return pieces;
}
