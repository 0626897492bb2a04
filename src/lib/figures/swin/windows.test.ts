import { describe, expect, it } from 'vitest';
import {
	cellAt,
	cellOf,
	cellsOf,
	maskOf,
	mayAttend,
	neighboursOf,
	placeInRolled,
	reachOf,
	shiftOf,
	shownWindow,
	windowSizes,
	windowsOf
} from './windows';

const GRIDS = [
	{ rows: 14, columns: 14, window: 7 },
	{ rows: 14, columns: 14, window: 2 },
	{ rows: 14, columns: 14, window: 4 },
	{ rows: 6, columns: 9, window: 3 },
	{ rows: 5, columns: 8, window: 4 }
];

/** The displaced windows without any roll: what the cyclic shift and its mask must amount to. */
function together(a: number, b: number, columns: number, window: number, shift: number): boolean {
	const tile = (i: number) => Math.floor((i - shift) / window);
	const row = (patch: number) => tile(Math.floor(patch / columns));
	const column = (patch: number) => tile(patch % columns);
	return row(a) === row(b) && column(a) === column(b);
}

describe.each(GRIDS)('windows of $window on $rows x $columns patches', ({ window, ...grid }) => {
	const count = grid.rows * grid.columns;
	const patches = Array.from({ length: count }, (_, i) => i);

	it.each([0, shiftOf(window)])('puts every patch into one window, shifted by %i', (shift) => {
		const windows = windowsOf(grid, window, shift);
		const all = Array.from({ length: windows.down * windows.across }, (_, i) => cellsOf(windows, i)).flat();
		expect(all).toHaveLength(windows.padded.rows * windows.padded.columns);
		const found = all.map(({ patch }) => patch).filter((patch) => patch !== null);
		expect(found.sort((a, b) => a - b)).toEqual(patches);
	});

	it.each([0, shiftOf(window)])('lets the patches of displaced windows attend, shifted by %i', (shift) => {
		const windows = windowsOf(grid, window, shift);
		for (const patch of patches) {
			const expected = patches.filter((other) => together(patch, other, grid.columns, window, shift));
			expect(neighboursOf(windows, patch)).toEqual(expected);
		}
	});

	it('masks no pair of a window that is not shifted, but for padding', () => {
		const windows = windowsOf(grid, window);
		const mask = maskOf(windows, windows.down * windows.across - 1);
		const real = cellsOf(windows, windows.down * windows.across - 1).filter(({ patch }) => patch !== null).length;
		expect(mask.reduce((sum, value) => sum + value, 0)).toBe(real ** 2);
	});

	it('has a symmetric mask in which every patch sees itself', () => {
		const windows = windowsOf(grid, window, shiftOf(window));
		const last = windows.down * windows.across - 1;
		const cells = cellsOf(windows, last);
		const mask = maskOf(windows, last);
		const n = cells.length;
		for (let i = 0; i < n; i++) {
			expect(mask[i * n + i]).toBe(cells[i]?.patch === null ? 0 : 1);
			for (let j = 0; j < i; j++) expect(mask[i * n + j]).toBe(mask[j * n + i]);
		}
	});
});

describe('the cyclic shift', () => {
	const windows = windowsOf({ rows: 4, columns: 4 }, 2, 1);

	it('rolls up and to the left, as torch.roll by minus the shift does', () => {
		const rolled = Array.from({ length: 16 }, (_, i) => cellAt(windows, Math.floor(i / 4), i % 4).patch);
		expect(rolled).toEqual([5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12, 1, 2, 3, 0]);
	});

	it('numbers nine regions, those that only just met apart', () => {
		const regions = Array.from({ length: 16 }, (_, i) => cellAt(windows, Math.floor(i / 4), i % 4).region);
		expect(regions).toEqual([0, 0, 1, 2, 0, 0, 1, 2, 3, 3, 4, 5, 6, 6, 7, 8]);
	});

	it('finds each patch where the roll has put it', () => {
		expect(placeInRolled(windows, 0)).toEqual({ row: 3, column: 3 });
		expect(placeInRolled(windows, 5)).toEqual({ row: 0, column: 0 });
		expect(cellOf(windows, 6)).toEqual({ window: 0, region: 0, patch: 6 });
	});

	it('keeps the four corners, which share a window, from each other', () => {
		const corners = [0, 3, 12, 15].map((patch) => cellOf(windows, patch));
		expect(new Set(corners.map(({ window }) => window)).size).toBe(1);
		expect(corners.flatMap((a) => corners.map((b) => mayAttend(a, b))).filter(Boolean)).toHaveLength(4);
	});

	it('keeps padding out', () => {
		const padded = windowsOf({ rows: 3, columns: 3 }, 2);
		const cells = cellsOf(padded, 3);
		expect(cells.map(({ patch }) => patch)).toEqual([8, null, null, null]);
		expect([...maskOf(padded, 3)]).toEqual([1, ...Array.from({ length: 15 }, () => 0)]);
	});
});

describe('reachOf', () => {
	const grid = { rows: 14, columns: 14 };

	it('grows from the window to its neighbours to everything', () => {
		const reach = reachOf(grid, 7, 0, 4);
		const within = (blocks: number) => reach.filter((value) => value <= blocks).length;
		expect([0, 1, 2, 3].map(within)).toEqual([1, 49, 100, 196]);
		expect(reach[0]).toBe(0);
	});

	it('is what stepping from neighbour to neighbour gives', () => {
		const reach = reachOf(grid, 2, 90, 5);
		const turns = [0, shiftOf(2)].map((shift) => windowsOf(grid, 2, shift));
		let heard = new Set([90]);
		for (let block = 1; block <= 5; block++) {
			const windows = turns[(block - 1) % 2];
			if (!windows) throw new Error('two kinds of windows take turns');
			heard = new Set([...heard].flatMap((patch) => neighboursOf(windows, patch)));
			const expected = [...heard].sort((a, b) => a - b);
			expect([...reach.keys()].filter((i) => (reach[i] ?? Infinity) <= block)).toEqual(expected);
		}
		expect(reach).toContain(Infinity);
	});
});

describe('the sizes that are offered', () => {
	it('divide the grid, or are the paper’s with padding', () => {
		expect(windowSizes({ rows: 14, columns: 14 })).toEqual([2, 4, 7]);
		expect(windowSizes({ rows: 24, columns: 24 })).toEqual([2, 3, 4, 6, 7, 8, 12]);
		expect(windowSizes({ rows: 3, columns: 3 })).toEqual([1]);
	});

	it('falls back to the paper’s', () => {
		expect(shownWindow({ rows: 14, columns: 14 }, 0)).toBe(7);
		expect(shownWindow({ rows: 14, columns: 14 }, 2)).toBe(2);
		expect(shownWindow({ rows: 12, columns: 12 }, 5)).toBe(6);
	});
});
