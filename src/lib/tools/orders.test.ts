import { describe, expect, it } from 'vitest';
import { brushGrid } from './brush';
import { blockOrder, transposedOrder } from './orders';

describe('blockOrder', () => {
	it('has every patch once, and depends on the seed alone', () => {
		const grid = brushGrid({ rows: 14, columns: 14 }, 1);
		const order = blockOrder(grid, 7);
		expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 196 }, (_, i) => i));
		expect(blockOrder(grid, 7)).toEqual(order);
		expect(blockOrder(grid, 8)).not.toEqual(order);
	});

	it('keeps the patches of one square together, in their places in it', () => {
		const grid = { rows: 2, columns: 3, each: 2, before: 0 };
		const order = blockOrder(grid, 2);
		for (let row = 0; row < 4; row += 2) {
			for (let column = 0; column < 6; column += 2) {
				const first = order[row * 6 + column] ?? NaN;
				expect([Math.floor(first / 6) % 2, first % 2]).toEqual([0, 0]);
				expect([order[row * 6 + column + 1], order[(row + 1) * 6 + column]]).toEqual([first + 1, first + 6]);
			}
		}
		expect(new Set(order).size).toBe(24);
	});
});

it('transposedOrder exchanges rows and columns', () => {
	expect(transposedOrder(3)).toEqual([0, 3, 6, 1, 4, 7, 2, 5, 8]);
});
