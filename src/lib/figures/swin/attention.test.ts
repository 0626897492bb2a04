import { describe, expect, it } from 'vitest';
import { random } from '../../engine/testing/checkpoint';
import type { TapData } from '../../engine/tap';
import { SMALL_CONFIG } from '../../engine/testing/small';
import { meanShareInside, patchRow, restrict, rowInWindow, shareInside } from './attention';
import { windowsOf } from './windows';

const GRID = { rows: 2, columns: 4 };
const HEADS = 2;
const N = 9;
/** Made-up scores, and their softmax over all tokens. */
const next = random(5);
const scores = Float64Array.from({ length: HEADS * N * N }, () => 3 * next());

function softmax(values: readonly number[]): number[] {
	const powers = values.map(Math.exp);
	const sum = powers.reduce((a, b) => a + b, 0);
	return powers.map((power) => power / sum);
}

const rowOfScores = (head: number, token: number) => [
	...scores.subarray((head * N + token) * N, (head * N + token + 1) * N)
];
const weights: TapData = {
	name: 'blocks.0.attn.pattern',
	shape: [1, HEADS, N, N],
	axes: ['batch', 'head', 'query', 'key'],
	data: Float32Array.from(
		Array.from({ length: HEADS * N }, (_, i) => softmax(rowOfScores(Math.floor(i / N), i % N))).flat()
	)
};
const windows = windowsOf(GRID, 2);
/** The left and the right half of the grid, as tokens. */
const LEFT = [1, 2, 5, 6];

describe('patchRow', () => {
	it('is the query’s row of one head, without CLS', () => {
		const row = patchRow(weights, 5, 1, 1);
		expect([...row]).toEqual([...weights.data.subarray((N + 6) * N + 1, (N + 7) * N)]);
	});

	it('is the mean over heads without one', () => {
		const [a, b] = [patchRow(weights, 2, 0, 1), patchRow(weights, 2, 1, 1)];
		const mean = patchRow(weights, 2, null, 1);
		for (const [i, value] of mean.entries()) expect(value).toBeCloseTo(((a[i] ?? 0) + (b[i] ?? 0)) / 2, 6);
	});
});

describe('attention in a window', () => {
	it('is the softmax over the window’s scores alone', () => {
		const alone = softmax(LEFT.map((token) => rowOfScores(1, 6)[token] ?? 0));
		const row = rowInWindow(weights, windows, 5, 1);
		for (const [i, token] of LEFT.entries()) expect(row[token - 1]).toBeCloseTo(alone[i] ?? 0, 5);
		expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
		expect([row[2], row[3], row[6], row[7]]).toEqual([0, 0, 0, 0]);
	});

	it('is the mean of the heads’ rows, each kept to the window, without a head', () => {
		const rows = [0, 1].map((head) => restrict(patchRow(weights, 0, head, 1), windows, 0));
		const mean = rowInWindow(weights, windows, 0, null);
		expect(mean[4]).toBeCloseTo(((rows[0]?.[4] ?? 0) + (rows[1]?.[4] ?? 0)) / 2, 6);
	});

	it('stays zero where the window gets nothing', () => {
		expect([...restrict(new Float32Array(8), windows, 0)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
	});
});

describe('shares', () => {
	it('compares the window with all patches, CLS left out', () => {
		const row = patchRow(weights, 5, 0, 1);
		const inside = LEFT.reduce((sum, token) => sum + (row[token - 1] ?? 0), 0);
		const all = row.reduce((sum, weight) => sum + weight, 0);
		expect(shareInside(row, windows, 5)).toBeCloseTo(inside / all, 6);
		expect(shareInside(new Float32Array(8), windows, 5)).toBe(0);
	});

	it('averages over every patch and head', () => {
		const config = { ...SMALL_CONFIG, imageSize: [8, 16] as const, patchSize: 4, heads: HEADS };
		let sum = 0;
		for (let head = 0; head < HEADS; head++) {
			for (let patch = 0; patch < 8; patch++) sum += shareInside(patchRow(weights, patch, head, 1), windows, patch);
		}
		expect(meanShareInside(weights, config, windows)).toBeCloseTo(sum / 16, 6);
	});
});
