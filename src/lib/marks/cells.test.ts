import { describe, expect, it } from 'vitest';
import { cellsOf } from './cells';

describe('the cells of a grid', () => {
	const cells = cellsOf({ rows: 2, columns: 4 });

	it('are numbered row by row', () => {
		expect(cells.count).toBe(8);
		expect(cells.cellOf(6)).toEqual({ row: 1, column: 2 });
		for (let index = 0; index < 8; index++) expect(cells.indexOf(cells.cellOf(index))).toBe(index);
	});

	it('are found by a point inside of them, and at the edge by one outside', () => {
		for (let index = 0; index < 8; index++) {
			const { left, top, width, height } = cells.boxOf(index);
			expect(cells.find(left + width / 2, top + height / 2)).toBe(index);
		}
		expect(cells.boxOf(6)).toEqual({ left: 0.5, top: 0.5, width: 0.25, height: 0.5 });
		expect([cells.find(-1, -1), cells.find(2, 2)]).toEqual([0, 7]);
	});

	it('are walked with the arrow keys', () => {
		expect(cells.move(1, 'ArrowDown')).toBe(5);
		expect(cells.move(5, 'ArrowDown')).toBe(5);
		expect(cells.move(5, 'Home')).toBe(4);
		expect(cells.move(1, 'ArrowLeft')).toBe(0);
		expect(cells.move(1, 'Enter')).toBeNull();
	});
});
