import { describe, expect, it } from 'vitest';
import { attentionMatrix, attentionRow, blobs, bump, COLUMNS, ROWS, slowColours, waves } from './fixtures';

describe('the fixtures of the specimens', () => {
	it.each([
		[0, 0, 0],
		[5, 3, 62],
		[11, 11, 196]
	])('block %i, head %i, token %i: a row of attention sums to 1', (block, head, token) => {
		const row = attentionRow(block, head, token);
		expect(row).toHaveLength(1 + ROWS * COLUMNS);
		expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
		expect(Math.min(...row)).toBeGreaterThan(0);
	});

	it('a bump is 1 at its centre and falls with the distance', () => {
		const values = bump(4, 9, 2);
		expect(values[4 * COLUMNS + 9]).toBe(1);
		expect(values[4 * COLUMNS + 11]).toBeCloseTo(Math.exp(-0.5), 6);
		expect(values[6 * COLUMNS + 11]).toBeCloseTo(Math.exp(-1), 6);
	});

	it('the blobs are some of the patches', () => {
		const mask = blobs();
		expect(mask).toHaveLength(ROWS * COLUMNS);
		const held = mask.reduce((sum, value) => sum + value, 0);
		expect(held).toBeGreaterThan(20);
		expect(held).toBeLessThan(100);
	});

	it('the colours differ from patch to patch', () => {
		const colours = slowColours();
		expect(colours).toHaveLength(3 * ROWS * COLUMNS);
		const each = Array.from({ length: ROWS * COLUMNS }, (_, i) => colours.slice(3 * i, 3 * i + 3).join());
		expect(new Set(each).size).toBe(each.length);
	});

	it('every row of an attention matrix sums to 1', () => {
		const matrix = attentionMatrix(9);
		for (let row = 0; row < 9; row++) {
			expect(matrix.subarray(9 * row, 9 * row + 9).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
		}
	});

	it('waves are signed, and stay near 1', () => {
		const values = waves(500);
		expect(Math.min(...values)).toBeLessThan(-0.5);
		expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(1);
	});
});
