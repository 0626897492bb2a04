import { expect, it } from 'vitest';
import type { TapData } from '../../src/lib/engine/tap.ts';
import { longestOverMedian, MEASURES } from './measures.ts';
import { SMALL_CONFIG } from '../../src/lib/engine/testing/small.ts';
import { asViT } from '../../src/lib/engine/families.ts';
import { patchGrid } from '../../src/lib/engine/config.ts';
import { tokenCount } from '../../src/lib/engine/vit/config.ts';
import { REMOVALS } from './removals.ts';

const config = { ...asViT(SMALL_CONFIG), cls: true };
const tap = (shape: number[], data: ArrayLike<number>): TapData => ({
	name: 'made up',
	axes: [],
	shape,
	data: Float32Array.from(data)
});

/** A pattern whose every row is the same. */
function pattern(row: readonly number[]): TapData {
	const n = tokenCount(config);
	return tap(
		[1, config.heads, n, n],
		Array.from({ length: config.heads * n * n }, (_, i) => row[i % n] ?? 0)
	);
}

it('the longest patch is laid beside the median one, and tokens before the patches are none', () => {
	expect(longestOverMedian(tap([1, 4, 2], [90, 90, 3, 4, 0, 10, 6, 8]), 1)).toBe(1);
	expect(longestOverMedian(tap([1, 4, 2], [90, 90, 3, 4, 0, 20, 0, 2]), 1)).toBe(4);
});

it('the brightest patch is in the middle, or not, and attention that goes everywhere alike is at its chance', async () => {
	const centre = MEASURES.find(({ name }) => name === 'centre') ?? expect.fail('no measure');
	const { rows, columns } = patchGrid(config);
	const at = (row: number, column: number) =>
		Array.from({ length: tokenCount(config) }, (_, token) => Number(token === 1 + row * columns + column));
	const middle = pattern(at(Math.floor(rows / 2) - (rows % 2 === 0 ? 1 : 0), Math.floor(columns / 2)));
	expect(await centre.of(() => Promise.resolve(middle), config)).toBe(1);
	expect(await centre.of(() => Promise.resolve(pattern(at(0, 0))), config)).toBe(0);
	expect(centre.uniform?.({ ...config, imageSize: [4 * config.patchSize, 4 * config.patchSize] })).toBe(0.25);
});

it('even attention is as far as the mean of all pairs of patches', async () => {
	const distance = MEASURES.find(({ name }) => name === 'distance') ?? expect.fail('no measure');
	const { rows, columns } = patchGrid(config);
	const n = rows * columns;
	let sum = 0;
	for (let i = 0; i < n * n; i++) {
		const [a, b] = [Math.floor(i / n), i % n];
		const [down, across] = [Math.floor(a / columns) - Math.floor(b / columns), (a % columns) - (b % columns)];
		sum += Math.hypot(down, across) * config.patchSize;
	}
	expect(distance.uniform?.(config)).toBeCloseTo(sum / (n * n), 4);
	const even = pattern(Array<number>(tokenCount(config)).fill(1 / tokenCount(config)));
	expect(await distance.of(() => Promise.resolve(even), config)).toBeCloseTo(sum / (n * n), 4);
});

it('removals rank by the last block, by rollout through all, or at random', async () => {
	const n = tokenCount(config);
	const row = Array.from({ length: n }, (_, token) => (token + 1) / ((n * (n + 1)) / 2));
	const read = () => Promise.resolve(pattern(row));
	const scores = async (name: string, seed = 1) => {
		const removal = REMOVALS.find((one) => one.name === name) ?? expect.fail(name);
		return [...Array.from(await removal.scores(read, config, seed))];
	};
	const most = await scores('attended-most');
	expect(most).toHaveLength(n - 1);
	for (const [patch, score] of most.entries()) expect(score).toBeCloseTo(row[patch + 1] ?? NaN, 6);
	expect(await scores('attended-least')).toEqual(most.map((score) => -score));
	// Every block sends the same shares everywhere: so does their product.
	const rollout = await scores('rollout-most');
	expect(rollout.toSorted((a, b) => a - b)).toEqual(rollout);
	expect((rollout[3] ?? NaN) / (rollout[1] ?? NaN)).toBeCloseTo((most[3] ?? NaN) / (most[1] ?? NaN), 4);
	expect(await scores('random-half', 2)).not.toEqual(await scores('random-half', 3));
	expect((await scores('random-half')).toSorted((a, b) => a - b)).toEqual(most.map((_, i) => i));
});
