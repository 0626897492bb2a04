import { dot, norm, rowAt } from '../../analysis/linear';
import type { Grid } from '../../marks/tokens';

/**
 * The fixed positions of Vaswani et al. 2017 (arXiv 1706.03762, section 3.5): features 2i and 2i + 1 of position p are
 * the sine and cosine of `p / 10000 ** (2i / dim)`.
 * @returns (n, dim), row-major, in [-1, 1]
 */
export function sineCosine(n: number, dim: number): Float32Array {
	return Float32Array.from({ length: n * dim }, (_, at) => {
		const feature = at % dim;
		const angle = Math.floor(at / dim) / 10000 ** ((feature - (feature % 2)) / dim);
		return feature % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
	});
}

/**
 * A grid of one feature at another size, bilinear, with the centres of the outermost cells aligned as PyTorch's
 * `interpolate(align_corners=False)` has it.
 * @param grid `from.rows * from.columns` values, row-major
 * @returns `to.rows * to.columns` values, row-major
 */
export function resizeGrid(grid: Float32Array, from: Grid, to: Grid): Float32Array {
	const value = (row: number, column: number) => grid[row * from.columns + column] ?? 0;
	return Float32Array.from({ length: to.rows * to.columns }, (_, at) => {
		const [top, bottom, down] = around(Math.floor(at / to.columns), from.rows, to.rows);
		const [left, right, across] = around(at % to.columns, from.columns, to.columns);
		const upper = value(top, left) * (1 - across) + value(top, right) * across;
		const lower = value(bottom, left) * (1 - across) + value(bottom, right) * across;
		return upper * (1 - down) + lower * down;
	});
}

/** The two of `count` source cells around the centre of cell `i` of `to`, and the share of the second. */
function around(i: number, count: number, to: number): [first: number, second: number, share: number] {
	const centre = Math.min(count - 1, Math.max(0, ((i + 0.5) * count) / to - 0.5));
	const first = Math.floor(centre);
	return [first, Math.min(count - 1, first + 1), centre - first];
}

/** How alike positions are that stand a number of places apart in the sequence. */
export interface Offset {
	readonly offset: number;
	/** Cosine: over all pairs that stand so far apart. */
	readonly mean: number;
	readonly least: number;
	readonly most: number;
	/** Euclidean distance between the nearest and the furthest of those pairs. */
	readonly nearest: number;
	readonly furthest: number;
}

/**
 * @param vectors (n, size), row-major
 * @param furthest the largest offset to look at
 */
export function byOffset(vectors: Float32Array, size: number, furthest: number): Offset[] {
	const n = vectors.length / size;
	const lengths = Float64Array.from({ length: n }, (_, p) => norm(rowAt(vectors, size, p)));
	return Array.from({ length: Math.min(furthest, n - 1) }, (_, i) => {
		const cosines: number[] = [];
		const distances: number[] = [];
		for (let p = 0; p + i + 1 < n; p++) {
			const [a, b] = [lengths[p] ?? 0, lengths[p + i + 1] ?? 0];
			const product = dot(rowAt(vectors, size, p), rowAt(vectors, size, p + i + 1));
			cosines.push(a * b > 0 ? product / (a * b) : 0);
			distances.push(Math.sqrt(Math.max(0, a * a + b * b - 2 * product)));
		}
		return {
			offset: i + 1,
			mean: cosines.reduce((sum, value) => sum + value, 0) / cosines.length,
			least: Math.min(...cosines),
			most: Math.max(...cosines),
			nearest: Math.min(...distances),
			furthest: Math.max(...distances)
		};
	});
}

/** The offsets that a plot names: a neighbour, and so many rows down, as far as the sequence goes; each once. */
export function offsetTicks({ rows, columns }: Grid, most: number): number[] {
	const down = Array.from({ length: most }, (_, i) => (i + 1) * columns);
	return [...new Set([1, ...down])].filter((offset) => offset < rows * columns);
}
