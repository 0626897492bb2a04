import { describe, expect, it } from 'vitest';
import {
	CLS,
	firstPatch,
	firstQuery,
	gridSize,
	hasCls,
	moveCell,
	moveToken,
	placeOf,
	tokenAt,
	tokenName
} from './tokens';

const grid = { rows: 3, columns: 4 };

describe('tokens and places', () => {
	it('counts the patches from 1, row-major', () => {
		expect(placeOf(1, grid)).toEqual({ row: 0, column: 0 });
		expect(placeOf(6, grid)).toEqual({ row: 1, column: 1 });
		expect(placeOf(12, grid)).toEqual({ row: 2, column: 3 });
	});

	it('gives CLS no place', () => {
		expect(placeOf(CLS, grid)).toBeNull();
	});

	it('finds the patch under a point, and the nearest one from outside', () => {
		expect(tokenAt(0.3, 0.5, grid)).toBe(6);
		expect(tokenAt(0, 0, grid)).toBe(1);
		expect(tokenAt(1, 1, grid)).toBe(12);
		expect(tokenAt(-0.1, 0.5, grid)).toBe(5);
	});
});

describe('moveToken', () => {
	it.each([
		['ArrowLeft', 5],
		['ArrowRight', 7],
		['ArrowUp', 2],
		['ArrowDown', 10],
		['Home', 5],
		['End', 8],
		['c', CLS],
		['C', CLS]
	])('%s leads from patch 6 to token %i', (key, to) => {
		expect(moveToken(6, key, grid)).toBe(to);
	});

	it.each([
		['ArrowLeft', 5],
		['ArrowUp', 1],
		['ArrowRight', 8],
		['ArrowDown', 12]
	])('%s stops at the edge, on token %i', (key, edge) => {
		expect(moveToken(edge, key, grid)).toBe(edge);
	});

	it('enters the grid at its first patch from CLS', () => {
		expect(moveToken(CLS, 'ArrowRight', grid)).toBe(1);
		expect(moveToken(CLS, 'End', grid)).toBe(1);
	});

	it('leaves other keys alone', () => {
		expect(moveToken(6, 'Tab', grid)).toBeNull();
		expect(moveToken(CLS, 'x', grid)).toBeNull();
		expect(moveCell({ row: 0, column: 0 }, 'Enter', grid)).toBeNull();
	});
});

describe('with other tokens before the patches', () => {
	const prefixed = { ...grid, prefix: ['CLS', 'Distillation', 'Register 1'] };

	it('the patches begin after them', () => {
		expect(firstPatch(grid)).toBe(1);
		expect(firstPatch(prefixed)).toBe(3);
		expect(placeOf(2, prefixed)).toBeNull();
		expect(placeOf(3, prefixed)).toEqual({ row: 0, column: 0 });
		expect(tokenAt(1, 1, prefixed)).toBe(14);
	});

	it('a size says which number is which where they differ', () => {
		expect(gridSize({ rows: 16, columns: 16 }, 'tokens')).toBe('16 × 16 tokens');
		expect(gridSize({ rows: 16, columns: 16 })).toBe('16 × 16');
		expect(gridSize({ rows: 7, columns: 11 }, 'tokens')).toBe('7 rows × 11 columns of tokens');
		expect(gridSize({ rows: 5, columns: 1 })).toBe('5 rows × 1 column');
	});

	it('each token has its name', () => {
		expect([0, 1, 2, 3].map((token) => tokenName(token, prefixed))).toEqual([
			'CLS',
			'Distillation',
			'Register 1',
			'row 1, column 1'
		]);
	});

	it('c goes to CLS and then through them in turn, and arrows lead to the first patch', () => {
		expect([5, 0, 1, 2].map((token) => moveToken(token, 'c', prefixed))).toEqual([0, 1, 2, 0]);
		expect([0, 1, 2].map((token) => moveToken(token, 'ArrowDown', prefixed))).toEqual([3, 3, 3]);
		expect(moveToken(3, 'ArrowRight', prefixed)).toBe(4);
	});
});

describe('without CLS', () => {
	const bare = { ...grid, prefix: [] };
	const named = { ...grid, prefix: ['Register 1'] };

	it('the first token is a patch, or a register', () => {
		expect([grid, bare, named].map(hasCls)).toEqual([true, false, false]);
		expect([bare, named].map((one) => tokenName(0, one))).toEqual(['row 1, column 1', 'Register 1']);
		expect(placeOf(0, bare)).toEqual({ row: 0, column: 0 });
	});

	it('what is looked from at first is the patch in the middle', () => {
		expect([grid, bare, named].map(firstQuery)).toEqual([CLS, 6, 7]);
		expect(tokenName(firstQuery(bare), bare)).toBe('row 2, column 3');
	});

	it('c leads to the register, and nowhere where there is none', () => {
		expect(moveToken(5, 'c', named)).toBe(0);
		expect(moveToken(5, 'c', bare)).toBeNull();
	});
});
