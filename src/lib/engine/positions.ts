/** How learned positions are fitted to another grid: bicubic with or without antialiasing, or bilinear. */
export type Resampling = 'antialiased' | 'plain' | 'bilinear';

/** What one place of the new grid takes from the old one, along one axis: the first place, and a weight for each. */
interface Taken {
	readonly first: number;
	readonly weights: readonly number[];
}

/**
 * A cubic kernel of the family of Keys 1981 ("Cubic convolution interpolation for digital image processing", equation
 * 4), at a distance of `x` places. `a` is its slope at 1.
 */
export function cubic(x: number, a: number): number {
	const d = Math.abs(x);
	if (d < 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
	return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
}

/**
 * As PyTorch's bicubic `interpolate` with `align_corners=False`: four places, of which those outside the grid stand for
 * the one at its edge; slope -0.75.
 */
function plainAxis(from: number, to: number): Taken[] {
	return Array.from({ length: to }, (_, i) => {
		const at = ((i + 0.5) * from) / to - 0.5;
		const first = Math.floor(at) - 1;
		return { first, weights: [0, 1, 2, 3].map((k) => cubic(at - first - k, -0.75)) };
	});
}

/** As PyTorch's bilinear `interpolate`, without antialiasing: two places, and the edge's own before its centre. */
function bilinearAxis(from: number, to: number): Taken[] {
	return Array.from({ length: to }, (_, i) => {
		const at = Math.max(0, ((i + 0.5) * from) / to - 0.5);
		const first = Math.floor(at);
		return { first, weights: [1 - (at - first), at - first] };
	});
}

/**
 * As the bicubic one with `antialias=True`: where the grid shrinks, the kernel widens with it; places outside the grid have no
 * part, and the weights are scaled to sum to 1; slope -0.5.
 */
function antialiasedAxis(from: number, to: number): Taken[] {
	const scale = Math.max(1, from / to);
	return Array.from({ length: to }, (_, i) => {
		const centre = ((i + 0.5) * from) / to;
		const first = Math.max(0, Math.trunc(centre - 2 * scale + 0.5));
		const end = Math.min(from, Math.trunc(centre + 2 * scale + 0.5));
		const raw = Array.from({ length: end - first }, (_, k) => cubic((first + k + 0.5 - centre) / scale, -0.5));
		const sum = raw.reduce((total, weight) => total + weight, 0);
		return { first, weights: raw.map((weight) => weight / sum) };
	});
}

const AXES = { plain: plainAxis, antialiased: antialiasedAxis, bilinear: bilinearAxis } as const satisfies Record<
	Resampling,
	unknown
>;

/**
 * Rows of a matrix of vectors, mixed along one axis of its grid.
 * @param data (outer, from, inner), row-major
 * @returns (outer, axis.length, inner)
 */
function mixed(data: Float32Array, from: number, inner: number, axis: readonly Taken[]): Float32Array {
	const outer = data.length / (from * inner);
	const out = new Float32Array(outer * axis.length * inner);
	for (let o = 0; o < outer; o++) {
		for (const [i, { first, weights }] of axis.entries()) {
			const target = (o * axis.length + i) * inner;
			for (const [k, weight] of weights.entries()) {
				const source = (o * from + Math.min(from - 1, Math.max(0, first + k))) * inner;
				for (let f = 0; f < inner; f++) out[target + f] = (out[target + f] ?? 0) + weight * (data[source + f] ?? 0);
			}
		}
	}
	return out;
}

/**
 * A grid of vectors for another grid, by interpolation of each of their numbers.
 * @param data (rows * columns, dim), row-major
 * @returns (to[0] * to[1], dim); `data` itself where the grid stays as it is
 */
export function interpolate(
	data: Float32Array,
	dim: number,
	from: readonly [rows: number, columns: number],
	to: readonly [rows: number, columns: number],
	resampling: Resampling
): Float32Array {
	if (from[0] === to[0] && from[1] === to[1]) return data;
	const axisOf = AXES[resampling];
	const widened = mixed(data, from[1], dim, axisOf(from[1], to[1]));
	return mixed(widened, from[0], to[1] * dim, axisOf(from[0], to[0]));
}
