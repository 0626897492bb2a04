import { describe, expect, it } from 'vitest';
import { SMALL_CONFIG } from '../../state/testing';
import { centrePatch, readToken, tokenOf } from './token-choice';

const grid = (rows: number, columns: number) => ({
	...SMALL_CONFIG,
	imageSize: [rows * SMALL_CONFIG.patchSize, columns * SMALL_CONFIG.patchSize] as const
});

describe('the patch in the middle', () => {
	it.each([
		[14, 14, 7 * 14 + 7],
		[3, 5, 7],
		[1, 1, 0]
	])('of %i rows and %i columns is %i', (rows, columns, patch) => {
		expect(centrePatch(grid(rows, columns))).toBe(patch);
		expect(tokenOf(grid(rows, columns), 'centre')).toBe(patch + 1);
	});
});

describe('a token of a step', () => {
	it('is CLS, the middle or a number', () => {
		expect(['cls', 'centre', '12'].map(readToken)).toEqual([0, 'centre', 12]);
		expect(() => readToken('middle')).toThrow(/'token' must be/);
	});

	it('is one that the model has', () => {
		expect(tokenOf(grid(3, 5), 99)).toBe(15);
	});
});
