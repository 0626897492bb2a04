import { describe, expect, it } from 'vitest';
import { cellOfPatch, kindOf, nameOfPatch, onPaddedGrid, patchAt, pathOfKind, runsOf, squares } from './picture';
import { cellAt, windowsOf } from './windows';

const windows = windowsOf({ rows: 4, columns: 4 }, 2, 1);

describe('kinds', () => {
	it('tells what the roll has brought from which edge', () => {
		const kinds = Array.from({ length: 16 }, (_, i) => kindOf(cellAt(windows, Math.floor(i / 4), i % 4)));
		expect(kinds.join('')).toBe('AAABAAABAAABCCCD');
	});

	it('draws each patch of the photo once', () => {
		expect(pathOfKind(windows, 'D')).toBe(squares([{ row: 0, column: 0 }]));
		expect(pathOfKind(windows, 'B')).toBe(squares([1, 2, 3].map((row) => ({ row, column: 0 }))));
		expect(pathOfKind(windows, 'C')).toBe(squares([1, 2, 3].map((column) => ({ row: 0, column }))));
		expect(pathOfKind(windows, 'A').match(/M/g)).toHaveLength(9);
	});
});

describe('the padded grid', () => {
	const padded = windowsOf({ rows: 3, columns: 3 }, 2);

	it('has no value in the padding', () => {
		const values = onPaddedGrid(padded, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
		expect([...values]).toEqual([1, 2, 3, NaN, 4, 5, 6, NaN, 7, 8, 9, NaN, NaN, NaN, NaN, NaN]);
	});

	it.each([0, 1, 2])('leads from cell to patch and back, rolled by %i', (rolled) => {
		for (let patch = 0; patch < 9; patch++) {
			expect(patchAt(padded, rolled, cellOfPatch(padded, rolled, patch))).toBe(patch);
		}
		const empty = Array.from({ length: 16 }, (_, cell) => patchAt(padded, rolled, cell)).filter((at) => at === null);
		expect(empty).toHaveLength(7);
	});
});

describe('runsOf', () => {
	it('joins equal neighbours of a row', () => {
		const runs = runsOf([1, 1, 0, 0, 2, 2, 2, 2, 2], 3);
		expect(runs.get(1)).toBe('M0 0h2v1h-2z');
		expect(runs.get(0)).toBe('M2 0h1v1h-1zM0 1h1v1h-1z');
		expect(runs.get(2)).toBe('M1 1h2v1h-2zM0 2h3v1h-3z');
	});
});

it('names a patch by its place', () => {
	expect(nameOfPatch(5, { rows: 2, columns: 4 })).toBe('row 2, column 2');
});
