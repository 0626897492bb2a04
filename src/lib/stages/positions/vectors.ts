/**
 * The cosine between every pair of rows: 1 for the same direction, -1 for opposite ones.
 * @param vectors (n, size), row-major
 * @returns (n, n), row-major
 */
export function cosineMaps(vectors: Float32Array, size: number): Float32Array {
	const n = vectors.length / size;
	const unit = vectors.slice();
	for (let row = 0; row < n; row++) {
		const vector = unit.subarray(row * size, (row + 1) * size);
		const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
		for (let i = 0; i < size; i++) vector[i] = (vector[i] ?? 0) / (length || 1);
	}
	const maps = new Float32Array(n * n);
	for (let a = 0; a < n; a++) {
		for (let b = 0; b < n; b++) {
			let sum = 0;
			for (let i = 0; i < size; i++) sum += (unit[a * size + i] ?? 0) * (unit[b * size + i] ?? 0);
			maps[a * n + b] = sum;
		}
	}
	return maps;
}

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
 * @param grid (side, side), row-major
 * @returns (to, to), row-major
 */
export function resizeGrid(grid: Float32Array, side: number, to: number): Float32Array {
	const value = (row: number, column: number) => grid[row * side + column] ?? 0;
	/** The two source cells around the centre of cell `i`, and the share of the second. */
	const around = (i: number): [first: number, second: number, share: number] => {
		const centre = Math.min(side - 1, Math.max(0, ((i + 0.5) * side) / to - 0.5));
		const first = Math.floor(centre);
		return [first, Math.min(side - 1, first + 1), centre - first];
	};
	return Float32Array.from({ length: to * to }, (_, at) => {
		const [top, bottom, down] = around(Math.floor(at / to));
		const [left, right, across] = around(at % to);
		const upper = value(top, left) * (1 - across) + value(top, right) * across;
		const lower = value(bottom, left) * (1 - across) + value(bottom, right) * across;
		return upper * (1 - down) + lower * down;
	});
}
