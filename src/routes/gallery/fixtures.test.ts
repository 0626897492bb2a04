import { describe, expect, it } from 'vitest';
import { attentionRow, bump, COLUMNS, ROWS } from './fixtures';

describe('the fixtures of the gallery', () => {
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
});
