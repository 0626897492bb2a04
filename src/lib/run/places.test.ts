import { describe, expect, it } from 'vitest';
import { photo, result } from './testing';
import {
	has,
	instead,
	isSameWindow,
	nameOf,
	queryOf,
	readQuery,
	sightOf,
	tokenFor,
	tokenNamed,
	WHOLE,
	windowOf,
	writeQuery,
	type Frame
} from './places';

const frame = (rows: number, columns: number, prefix = ['CLS'], window = WHOLE): Frame => ({
	grid: { rows, columns, prefix },
	window
});

describe('a query of both panels', () => {
	it('is the same token again in the panel that it came from', () => {
		for (const one of [frame(2, 3), frame(14, 14, ['CLS', 'Register 1']), frame(5, 7, [])])
			for (let token = 0; token < 6; token++) expect(tokenFor(queryOf(token, one), one)).toBe(token);
	});

	it('is the patch at the same place in a grid of another size', () => {
		// Of 2 x 2 patches the last one; of 4 x 4 the one that begins at its middle.
		expect(tokenFor(queryOf(4, frame(2, 2)), frame(4, 4))).toBe(1 + 3 * 4 + 3);
		// Of 4 x 4 patches the one in row 2, column 3, lies in the upper right of 2 x 2.
		expect(tokenFor(queryOf(1 + 4 + 2, frame(4, 4)), frame(2, 2))).toBe(2);
	});

	it('counts other tokens before the patches', () => {
		expect(tokenFor(queryOf(1, frame(2, 2)), frame(2, 2, ['CLS', 'Register 1', 'Register 2']))).toBe(3);
	});

	it('finds a token without a place by its name, and CLS where there is none of that name', () => {
		const registers = frame(2, 2, ['CLS', 'Register 1', 'Register 2']);
		const distilled = frame(2, 2, ['CLS', 'Distillation']);
		expect(queryOf(2, registers)).toBe('register-2');
		expect(tokenFor('register-2', registers)).toBe(2);
		expect(tokenFor('register-2', distilled)).toBe(0);
		expect([has('register-2', registers), has('register-2', distilled)]).toEqual([true, false]);
		expect([has('cls', frame(4, 4, [])), tokenFor('cls', frame(4, 4, []))]).toEqual([false, 10]);
	});

	it('is the middle where there is no CLS, also of a model whose first token is a register', () => {
		for (const prefix of [[], ['Register 1']]) {
			const without = frame(4, 4, prefix);
			expect(instead(without)).toEqual({ x: 0.5, y: 0.5 });
			expect(tokenFor('cls', without)).toBe(prefix.length + 10);
			expect([has('cls', without), tokenNamed('cls', without.grid)]).toEqual([false, prefix.length + 10]);
		}
		expect(instead(frame(4, 4))).toBe('cls');
		expect(tokenFor('register-1', frame(4, 4, ['Register 1']))).toBe(0);
	});

	it('follows the place on the photo where two models saw different parts of it', () => {
		const part = frame(2, 2, ['CLS'], { x: 0.5, y: 0.5, width: 0.5, height: 0.5 });
		const place = queryOf(1, part);
		expect(place).toEqual({ x: 0.625, y: 0.625 });
		expect(tokenFor(place, frame(2, 2))).toBe(4);
		// The upper left of the photo is not in that part: the nearest patch, and it is told.
		const outside = queryOf(1, frame(2, 2));
		expect([tokenFor(outside, part), has(outside, part), has(place, part)]).toEqual([1, false, true]);
	});
});

describe('a token in a link', () => {
	const GRIDS = [['CLS'], ['CLS', 'Distillation'], ['CLS', 'Register 1', 'Register 2'], [], ['Register 1']].map(
		(prefix) => frame(3, 4, prefix).grid
	);

	it('has the same name in every model, and is found by it', () => {
		for (const grid of GRIDS) {
			const before = grid.prefix?.length ?? 0;
			expect(nameOf(before, grid)).toBe(0);
			for (let token = 0; token < before + 12; token++) expect(tokenNamed(nameOf(token, grid), grid)).toBe(token);
		}
		expect(GRIDS.map((grid) => nameOf(0, grid))).toEqual(['cls', 'cls', 'cls', 0, 'register-1']);
		expect(GRIDS.map((grid) => nameOf(1, grid))).toEqual([0, 'distillation', 'register-1', 1, 0]);
	});
});

describe('windows', () => {
	it('are what a run saw of its photo', () => {
		const [grid, seen] = [frame(2, 3).grid, result(1)];
		const [of, model] = [photo('a'), seen.model];
		const run = { grid, photo: of, result: { ...seen, crop: { x: 3, y: 2, width: 6, height: 4 } }, model };
		const rest = { crop: null, edits: [], picture: of.bitmap, layers: [] };
		expect(sightOf({ ...run, ...rest, embeddingNorms: new Float32Array() })).toEqual({
			grid,
			window: { x: 0.25, y: 0.25, width: 0.5, height: 0.5 },
			photo: of.blob
		});
	});

	it('are crops in shares of the photo', () => {
		const crop = { x: 10, y: 0, width: 20, height: 40 };
		expect(windowOf(crop, { width: 40, height: 40 })).toEqual({ x: 0.25, y: 0, width: 0.5, height: 1 });
	});

	it('are the same up to less than a pixel', () => {
		expect(isSameWindow(WHOLE, { ...WHOLE, x: 1e-5 })).toBe(true);
		expect(isSameWindow(WHOLE, { ...WHOLE, width: 0.99 })).toBe(false);
	});
});

describe('a query in a link', () => {
	it.each(['cls', 'register-2', { x: 0.25, y: 0.625 }, { x: 0, y: 1 }])('is written and read: %o', (query) => {
		expect(readQuery(writeQuery(query))).toEqual(query);
	});

	it.each(['', '-', '12', '101-5', '5-5-5', 'CLS!', '-5-5', 'a'.repeat(40)])('is not %o', (text) => {
		expect(readQuery(text)).toBeUndefined();
	});

	it('names the same patch in a fine grid after rounding', () => {
		const fine = frame(64, 64);
		for (const token of [1, 65, 2000, 4096])
			expect(tokenFor(readQuery(writeQuery(queryOf(token, fine))) ?? 'cls', fine)).toBe(token);
	});
});
