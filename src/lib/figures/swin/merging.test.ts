import { describe, expect, it } from 'vitest';
import { isPadded, joined, levelsOf, MERGES, tokenOfPatch } from './merging';

describe('levelsOf', () => {
	it('halves both sides and doubles the width, as Swin-T does', () => {
		const levels = levelsOf({ rows: 56, columns: 56 }, 96, MERGES);
		expect(levels.map(({ grid }) => grid.rows)).toEqual([56, 28, 14, 7]);
		expect(levels.map(({ dim }) => dim)).toEqual([96, 192, 384, 768]);
		expect(levels.map(({ span }) => span)).toEqual([1, 2, 4, 8]);
	});

	it('pads an odd side', () => {
		const levels = levelsOf({ rows: 14, columns: 6 }, 8, MERGES);
		expect(levels.map(({ grid }) => [grid.rows, grid.columns])).toEqual([
			[14, 6],
			[7, 3],
			[4, 2],
			[2, 1]
		]);
		expect([undefined, ...levels].map(isPadded)).toEqual([false, false, true, false, true]);
	});

	it('ends at a single token', () => {
		expect(levelsOf({ rows: 2, columns: 2 }, 8, MERGES)).toHaveLength(2);
	});
});

describe('joined', () => {
	it('takes the neighbours column by column, as Swin does', () => {
		expect(joined({ rows: 4, columns: 4 }, 0)).toEqual([0, 4, 1, 5]);
		expect(joined({ rows: 4, columns: 4 }, 3)).toEqual([10, 14, 11, 15]);
	});

	it('knows the padding', () => {
		expect(joined({ rows: 3, columns: 3 }, 1)).toEqual([2, 5, null, null]);
		expect(joined({ rows: 3, columns: 3 }, 3)).toEqual([8, null, null, null]);
	});

	it('agrees with the token that each patch becomes part of', () => {
		const grid = { rows: 5, columns: 6 };
		const [, level] = levelsOf(grid, 4, 1);
		if (!level) throw new Error('one merge makes a second level');
		const { rows, columns } = level.grid;
		const all = Array.from({ length: rows * columns }, (_, index) => joined(grid, index));
		for (let patch = 0; patch < 30; patch++) {
			expect(all[tokenOfPatch(patch, grid, level)]).toContain(patch);
		}
	});
});
