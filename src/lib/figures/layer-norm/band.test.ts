import { describe, expect, it } from 'vitest';
import { bandOf, bandWords } from './band';

describe('the tokens that the matrix shows', () => {
	it('are all of a ViT', () => {
		const grid = { rows: 14, columns: 14 };
		expect(bandOf(grid, 100, 10)).toEqual({ first: 0, count: 197 });
		expect(bandWords(bandOf(grid, 100, 10), grid)).toBe('tokens, CLS first');
		const [bare, named] = [[], ['Register 1']].map((prefix) => ({ ...grid, prefix }));
		expect([bare, named].map((one) => one && bandOf(one, 100, 10).count)).toEqual([196, 197]);
		expect([bare, named].map((one) => one && bandWords(bandOf(one, 100, 10), one))).toEqual([
			'tokens, row by row',
			'tokens, registers first'
		]);
	});

	it('are of a Swin the rows of its map that make the matrix no taller than wide', () => {
		const map = { rows: 28, columns: 20, prefix: [], merged: true };
		expect(bandOf(map, 0, 79)).toEqual({ first: 0, count: 60 });
		expect(bandOf(map, 59, 79)).toEqual({ first: 0, count: 60 });
		expect(bandOf(map, 60, 79)).toEqual({ first: 60, count: 60 });
		// Of 28 rows, one is left after nine bands of three.
		expect(bandOf(map, 559, 79)).toEqual({ first: 540, count: 20 });
	});

	it('are named by their rows', () => {
		const map = { rows: 4, columns: 5, prefix: [], merged: true };
		const words = (features: number) => bandWords(bandOf(map, 12, features), map);
		expect([5, 10, 20].map(words)).toEqual([
			'tokens in row 3 of 4',
			'tokens in rows 3 to 4 of 4',
			'tokens, row by row'
		]);
	});

	it('are one row at least, and the whole map where that fits', () => {
		expect(bandOf({ rows: 5, columns: 40, prefix: [], merged: true }, 41, 8)).toEqual({ first: 40, count: 40 });
		expect(bandOf({ rows: 7, columns: 7, prefix: [], merged: true }, 48, 768)).toEqual({ first: 0, count: 49 });
	});
});
