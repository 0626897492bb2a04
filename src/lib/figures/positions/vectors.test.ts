import { describe, expect, it } from 'vitest';
import { cosine } from '../../analysis/cosine';
import { rowAt } from '../../analysis/linear';
import { byOffset, offsetTicks, resizeGrid, sineCosine } from './vectors';

describe('positions', () => {
	it('of sine and cosine begin with 0 and 1, and are alike by their offset alone', () => {
		const [n, dim] = [12, 8];
		const vectors = sineCosine(n, dim);
		expect([...vectors.subarray(0, 4)]).toEqual([0, 1, 0, 1]);
		expect(vectors[dim]).toBeCloseTo(Math.sin(1), 6);
		const between = (p: number, q: number) => cosine(rowAt(vectors, dim, p), rowAt(vectors, dim, q));
		for (let p = 0; p + 3 < n; p++) expect(between(p, p + 3)).toBeCloseTo(between(0, 3), 5);
		expect(between(0, 1)).not.toBeCloseTo(between(0, 3), 2);
	});

	it('stay as they are at the same size, and lie between their neighbours at a larger one', () => {
		const grid = Float32Array.of(0, 4, 8, 12);
		const from = { rows: 2, columns: 2 };
		expect(resizeGrid(grid, from, from)).toEqual(grid);
		const larger = resizeGrid(grid, from, { rows: 4, columns: 4 });
		expect([...larger.subarray(0, 4)]).toEqual([0, 1, 3, 4]);
		expect([...larger.subarray(4, 8)]).toEqual([2, 3, 5, 6]);
	});

	it('need not stand in a square', () => {
		const from = { rows: 1, columns: 3 };
		expect([...resizeGrid(Float32Array.of(0, 6, 12), from, { rows: 2, columns: 3 })]).toEqual([0, 6, 12, 0, 6, 12]);
	});

	it('are compared offset by offset: constant for sines, not for any vectors', () => {
		const fixed = byOffset(sineCosine(10, 6), 6, 4);
		expect(fixed.map(({ offset }) => offset)).toEqual([1, 2, 3, 4]);
		for (const { least, most, nearest, furthest } of fixed) {
			expect(most - least).toBeLessThan(1e-6);
			expect(furthest - nearest).toBeLessThan(1e-5);
		}
		const [next, second] = byOffset(Float32Array.of(1, 0, 0, 1, 0, 3), 2, 9);
		expect(next).toMatchObject({ mean: 0.5, least: 0, most: 1, nearest: Math.SQRT2, furthest: 2 });
		expect(second).toMatchObject({ offset: 2, mean: 0, nearest: Math.sqrt(10) });
	});
});

describe('offsets on an axis', () => {
	it.each([
		[14, 14, [1, 14, 28, 42]],
		[3, 5, [1, 5, 10]],
		[5, 1, [1, 2, 3]],
		[1, 5, [1]],
		[1, 1, []]
	])('of %i rows of %i are each named once, and lie in the sequence', (rows, columns, ticks) => {
		expect(offsetTicks({ rows, columns }, 3)).toEqual(ticks);
	});
});
