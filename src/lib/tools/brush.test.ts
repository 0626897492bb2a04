import { describe, expect, it } from 'vitest';
import { around, between, brushGrid, squaresOf, tokensOf } from './brush';

const grid = brushGrid({ rows: 4, columns: 5 }, 1);

describe('brushGrid', () => {
	it('takes the patches themselves where they are large enough', () => {
		expect(brushGrid({ rows: 14, columns: 14 }, 1)).toEqual({ rows: 14, columns: 14, each: 1, before: 1 });
		expect(brushGrid({ rows: 32, columns: 20 }, 5)).toMatchObject({ rows: 32, columns: 20, each: 1 });
	});

	it('takes several together where they are small', () => {
		expect(brushGrid({ rows: 56, columns: 56 }, 0)).toEqual({ rows: 28, columns: 28, each: 2, before: 0 });
		expect(brushGrid({ rows: 96, columns: 64 }, 0)).toMatchObject({ rows: 24, columns: 16, each: 4 });
	});

	it('takes the patches where no number of them fits both sides', () => {
		expect(brushGrid({ rows: 37, columns: 37 }, 1)).toMatchObject({ rows: 37, each: 1 });
		expect(brushGrid({ rows: 37, columns: 40 }, 1)).toMatchObject({ rows: 37, columns: 40, each: 1 });
	});
});

describe('a stroke', () => {
	it('has the squares around each place, cut off at the edge', () => {
		expect(around(0, 1, grid)).toEqual([0, 1, 5, 6]);
		expect(around(7, 0, grid)).toEqual([7]);
		expect(around(19, 1, grid)).toEqual([13, 14, 18, 19]);
	});

	it('leaves out no square on the way', () => {
		expect(between(0, 18, grid)).toEqual([0, 6, 12, 18]);
		expect(between(4, 0, grid)).toEqual([4, 3, 2, 1, 0]);
		expect(between(3, 3, grid)).toEqual([3]);
	});
});

describe('tokens of squares', () => {
	it('are few rectangles', () => {
		expect(tokensOf(new Set([6, 7, 11, 12, 13, 19]), grid)).toEqual([
			{ rows: [1, 1], columns: [1, 2] },
			{ rows: [2, 2], columns: [1, 3] },
			{ rows: [3, 3], columns: [4, 4] }
		]);
		expect(tokensOf(new Set([0, 1, 5, 6, 10, 11]), grid)).toEqual([{ rows: [0, 2], columns: [0, 1] }]);
	});

	it('come back as the squares they were, of any size', () => {
		for (const patches of [
			{ rows: 4, columns: 5 },
			{ rows: 66, columns: 64 }
		]) {
			const own = brushGrid(patches, 2);
			for (let seed = 1; seed < 20; seed++) {
				const count = own.rows * own.columns;
				const squares = new Set(Array.from({ length: count }, (_, i) => i).filter((i) => (i * seed * 7919) % 13 < 5));
				expect([...(squaresOf(tokensOf(squares, own), own) ?? [])].sort((a, b) => a - b)).toEqual([...squares]);
			}
		}
	});

	it('may be named by number', () => {
		expect(squaresOf([1, 20], grid)).toEqual(new Set([0, 19]));
		expect(squaresOf(8, grid)).toEqual(new Set([7]));
	});

	it('are none where another token, or a square in part, is meant', () => {
		for (const tokens of [0, 21, 'patches', ['cls', 3], { top: 3, of: 'norm' }] as const)
			expect(squaresOf(tokens, grid)).toBeNull();
		expect(squaresOf({ rows: [0, 4], columns: [0, 1] }, grid)).toBeNull();
		expect(squaresOf({ rows: [0, 0], columns: [0, 1] }, brushGrid({ rows: 66, columns: 66 }, 0))).toBeNull();
	});
});
