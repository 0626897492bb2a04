import { describe, expect, it } from 'vitest';
import { swinConfigWith } from '../../engine/testing/swin-config';
import { SMALL_CONFIG } from '../../engine/testing/small';
import { centrePatch, patchOf, readToken, tokenOf } from './token-choice';

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
		expect(['cls', 'centre', '12'].map((text) => readToken(text))).toEqual(['cls', 'centre', 12]);
		expect(() => readToken('middle')).toThrow(/'token' must be/);
	});

	it('is one that the model has', () => {
		expect(tokenOf(grid(3, 5), 99)).toBe(15);
	});

	it('is CLS, or the patch in the middle of a model without one', () => {
		expect(tokenOf(grid(3, 5), 'cls')).toBe(0);
		expect(tokenOf({ ...grid(3, 5), cls: false }, 'cls')).toBe(7);
		expect(tokenOf({ ...grid(3, 5), cls: false, registers: 2 }, 'cls')).toBe(9);
		expect(tokenOf({ ...grid(3, 5), cls: false }, 'centre')).toBe(7);
	});
});

describe('a patch of a Swin', () => {
	// A map of 3 rows and 5 columns, the last of which is filled up.
	const swin = swinConfigWith({
		imageSize: [12, 18],
		patchSize: 4,
		stages: [{ depth: 1, dim: 4, heads: 1, window: 2, mlpDim: 8 }]
	});

	it('is counted from the CLS that it has not', () => {
		expect([1, 2, 15].map((token) => patchOf(swin, token))).toEqual([0, 1, 14]);
	});

	it('is the one in the middle where none is meant, or one that is not there', () => {
		expect(([0, 'centre', 'cls', 16] as const).map((token) => patchOf(swin, token))).toEqual([7, 7, 7, 7]);
	});
});
