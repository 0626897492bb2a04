import { describe, expect, it } from 'vitest';
import { borderPath, outsidePath, runsOf } from './mask-path';

const grid = { rows: 3, columns: 4 };
/** An L: two patches of the first column, and the one beside the lower of them. */
const L = [1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0];
const none = L.map(() => 0);
const all = L.map(() => 1);

describe('runs', () => {
	it('are as long as can be, row by row', () => {
		expect(runsOf(L, grid, true)).toEqual([
			{ row: 0, column: 0, length: 1 },
			{ row: 1, column: 0, length: 2 }
		]);
		expect(runsOf(L, grid, false)).toEqual([
			{ row: 0, column: 1, length: 3 },
			{ row: 1, column: 2, length: 2 },
			{ row: 2, column: 0, length: 4 }
		]);
	});

	it('of several in a row', () => {
		expect(runsOf([1, 0, 1, 1], { rows: 1, columns: 4 }, true)).toEqual([
			{ row: 0, column: 0, length: 1 },
			{ row: 0, column: 2, length: 2 }
		]);
	});

	it('hold every patch once, inside or outside', () => {
		const count = (inside: boolean) => runsOf(L, grid, inside).reduce((sum, { length }) => sum + length, 0);
		expect([count(true), count(false)]).toEqual([3, 9]);
	});
});

describe('paths', () => {
	it('cover what is outside', () => {
		expect(outsidePath(L, grid)).toBe('M1 0h3v1h-3zM2 1h2v1h-2zM0 2h4v1h-4z');
		expect(outsidePath(all, grid)).toBe('');
	});

	it('go around what is inside, along the edge of the picture too', () => {
		expect(borderPath(L, grid)).toBe('M0 0h1M1 1h1M0 2h2M0 0v2M1 0v1M2 1v1');
	});

	it('go around the whole picture, and around nothing', () => {
		expect(borderPath(all, grid)).toBe('M0 0h4M0 3h4M0 0v3M4 0v3');
		expect(borderPath(none, grid)).toBe('');
	});

	it('take what a mask does not say for outside', () => {
		expect(borderPath([], grid)).toBe('');
	});
});
