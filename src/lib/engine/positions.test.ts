import { describe, expect, it } from 'vitest';
import { cubic, interpolate } from './positions';
import { positionsFor } from './vit/positions';

type Size = readonly [rows: number, columns: number];

/** A grid by a formula, so that PyTorch could be given the same one. */
function formulaGrid([rows, columns]: Size, dim: number): Float32Array {
	const value = (i: number, j: number, f: number) => ((i * i * 7 + j * 13 * (f + 1) + i * j * 3) % 17) / 4 - 2;
	return Float32Array.from({ length: rows * columns * dim }, (_, index) => {
		const place = Math.floor(index / dim);
		return value(Math.floor(place / columns), place % columns, index % dim);
	});
}

/** What `torch.nn.functional.interpolate(mode='bicubic', align_corners=False)` of PyTorch 2.13 makes of such grids. */
const PLAIN: readonly (readonly [Size, Size, number[]])[] = [
	[
		[5, 4],
		[3, 2],
		[-0.375868, -0.563947, 0.953125, -0.078125, -0.838253, -0.469618]
	],
	[
		[7, 7],
		[3, 4],
		[
			-0.597563, -0.758156, -1.376286, -0.924696, -0.163452, -0.54248, 1.847534, -0.648193, 0.7225, 0.110625, 0.750862,
			-0.169412
		]
	],
	[
		[2, 5],
		[4, 9],
		[
			-2.549464, -0.985261, 1.172999, 1.423525, 0.355469, -0.229231, -0.893862, -1.522967, -1.911533, -1.851242,
			-0.78389, 0.682353, 0.811385, 0.023438, -0.426332, -0.937587, -1.421513, -1.72041, -0.701228, -0.452221,
			-0.125769, -0.196845, -0.523438, -0.750968, -1.009603, -1.254413, -1.405619, -0.003006, -0.25085, -0.616415,
			-0.808985, -0.855469, -0.948068, -1.053327, -1.152959, -1.214496
		]
	]
];

/** The same with `antialias=True`. */
const ANTIALIASED: typeof PLAIN = [
	[
		[5, 4],
		[3, 2],
		[-0.326828, -0.371678, 0.489016, -0.264107, -0.515019, -0.75116]
	],
	[
		[7, 7],
		[3, 4],
		[
			-0.092834, -0.090872, -1.26866, -0.538689, 0.001782, -0.400069, -0.103334, -0.358727, 0.575077, -0.113926,
			0.052561, 0.608931
		]
	],
	[
		[2, 5],
		[4, 9],
		[
			-2.444084, -1.135902, 1.174214, 1.247771, 0.338235, -0.254085, -0.857395, -1.536765, -1.880899, -1.843024,
			-0.911822, 0.728023, 0.743217, 0.042857, -0.426389, -0.904341, -1.44255, -1.715178, -0.651163, -0.467488,
			-0.156741, -0.257278, -0.542857, -0.768056, -0.997432, -1.255727, -1.386566, -0.050103, -0.243408, -0.602931,
			-0.761831, -0.838235, -0.940359, -1.044378, -1.161511, -1.220845
		]
	]
];

/** Those of `mode='bilinear'`, without antialiasing, as PyTorch 1.13 makes them. */
const BILINEAR: typeof PLAIN = [
	[
		[5, 4],
		[3, 2],
		[-0.375, -0.458333, 1, -0.125, -0.583333, -0.625]
	],
	[
		[7, 7],
		[3, 4],
		[
			-0.489583, -0.479167, -1.354167, -0.8125, -0.125, -0.59375, 1.59375, -0.46875, 0.59375, 0.177083, 0.468751,
			0.052083
		]
	],
	[
		[2, 5],
		[4, 9],
		[
			-2, -0.916667, 0.888889, 0.805555, 0.25, -0.305556, -0.861111, -1.416667, -1.75, -1.5625, -0.770833, 0.548611,
			0.451389, 0, -0.451389, -0.902778, -1.354167, -1.625, -0.6875, -0.479167, -0.131944, -0.256944, -0.5, -0.743056,
			-0.986111, -1.229167, -1.375, -0.25, -0.333333, -0.472222, -0.611111, -0.75, -0.888889, -1.027778, -1.166667,
			-1.25
		]
	]
];

/** The sum of the whole resized grid, each place weighted by its number from 1, as PyTorch has it. */
const SUMS = [
	[37, 16, 'plain', -3341.9661],
	[37, 16, 'antialiased', -1940.1031],
	[14, 28, 'plain', -11303.5371],
	[14, 28, 'antialiased', -11333.6524]
] as const;

describe('the cubic kernel', () => {
	it.each([-0.5, -0.75])('of slope %d is 1 in the middle, 0 at other places, and its weights sum to 1', (a) => {
		expect([0, 1, 2, 3].map((x) => cubic(x, a))).toEqual([1, 0, 0, 0]);
		for (const t of [0.1, 0.5, 0.8]) {
			const sum = [t + 1, t, 1 - t, 2 - t].reduce((total, x) => total + cubic(x, a), 0);
			expect(sum).toBeCloseTo(1, 12);
		}
	});

	it('is what the formula gives by hand: 0.5625 halfway, at slope -0.5', () => {
		expect(cubic(0.5, -0.5)).toBe(0.5625);
		expect(cubic(-1.5, -0.5)).toBe(-0.0625);
		expect(cubic(0.5, -0.75)).toBe(0.59375);
		expect(cubic(1.5, -0.75)).toBe(-0.09375);
	});
});

describe.each([
	['plain', PLAIN],
	['antialiased', ANTIALIASED],
	['bilinear', BILINEAR]
] as const)('a %s interpolation', (resampling, cases) => {
	it.each(cases)('from %j to %j is PyTorch’s', (from, to, expected) => {
		const made = interpolate(formulaGrid(from, 1), 1, from, to, resampling);
		expect(made).toHaveLength(expected.length);
		for (const [i, value] of expected.entries()) expect(made[i]).toBeCloseTo(value, 5);
	});

	it('treats every number of a vector by itself', () => {
		const both = interpolate(formulaGrid([3, 3], 2), 2, [3, 3], [5, 4], resampling);
		const first = interpolate(formulaGrid([3, 3], 1), 1, [3, 3], [5, 4], resampling);
		expect(both.filter((_, i) => i % 2 === 0)).toEqual(first);
		expect(both).toHaveLength(40);
	});

	it('keeps a grid of its own size, and an even one', () => {
		const grid = formulaGrid([4, 4], 3);
		expect(interpolate(grid, 3, [4, 4], [4, 4], resampling)).toBe(grid);
		const even = interpolate(new Float32Array(16).fill(2), 1, [4, 4], [3, 7], resampling);
		expect(Math.max(...even.map((value) => Math.abs(value - 2)))).toBeLessThan(1e-6);
	});
});

it.each(SUMS)('from %d to %d a side, %s, the whole grid is PyTorch’s', (from, to, resampling, expected) => {
	const made = interpolate(formulaGrid([from, from], 1), 1, [from, from], [to, to], resampling);
	const sum = made.reduce((total, value, i) => total + value * (i + 1), 0);
	expect(Math.abs(sum - expected)).toBeLessThan(0.01);
});

describe('the positions of all tokens', () => {
	const positions = { grid: [1, 2], prefix: 1, resampling: 'plain' } as const;
	const stored = Float32Array.of(9, 8, 1, 2, 3, 4);

	it('are those of the file on its own grid', () => {
		expect(positionsFor(stored, 2, positions, [1, 2], 1)).toEqual(stored);
	});

	it('are zeros for tokens that have none', () => {
		expect([...positionsFor(stored, 2, positions, [1, 2], 3)]).toEqual([9, 8, 0, 0, 0, 0, 1, 2, 3, 4]);
		const patchesOnly = { ...positions, prefix: 0 };
		expect([...positionsFor(stored.slice(2), 2, patchesOnly, [1, 2], 1)]).toEqual([0, 0, 1, 2, 3, 4]);
	});

	it('leave those before the patches as they are on another grid', () => {
		const made = positionsFor(stored, 2, positions, [2, 2], 1);
		expect([...made.slice(0, 2)]).toEqual([9, 8]);
		expect([...made.slice(2)]).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
	});
});
