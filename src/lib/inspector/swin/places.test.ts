import { describe, expect, it } from 'vitest';
import type { SwinConfig } from '../../engine/swin/config';
import { windowLayout } from '../../engine/swin/windows';
import { extentOf, joinedWindows, paddingOf, patchOfToken, tokenOfPatch, windowLines, windowParts } from './places';

/** Two stages on a picture of the given size, in patches of 4 pixels and windows of 4 tokens. */
function config(height: number, width: number): SwinConfig {
	const stage = { depth: 2, heads: 1, dim: 1, mlpDim: 1, window: 4 };
	return {
		family: 'swin',
		imageSize: [height, width],
		patchSize: 4,
		channels: 3,
		stages: [stage, stage],
		qkvBias: true,
		patchNorm: true,
		absolutePositions: false,
		layerNormEps: 1e-5,
		classes: 0,
		preprocess: {
			size: [height, width],
			cropPct: 1,
			interpolation: 'bicubic',
			fit: 'squash',
			mean: [0, 0, 0],
			std: [1, 1, 1]
		}
	};
}

/** A map of 8 x 8 tokens: four windows. */
const even = config(32, 32);
/** One of 7 x 5, filled up to 8 x 8. */
const odd = config(28, 20);

describe('the query', () => {
	it('is the token that its patch was merged into', () => {
		expect([0, 1, 8, 9, 10, 63].map((patch) => tokenOfPatch(even, 1, patch))).toEqual([0, 0, 0, 0, 1, 15]);
		expect(tokenOfPatch(odd, 1, 34)).toBe(3 * 3 + 2);
		expect(tokenOfPatch(even, 0, 37)).toBe(37);
	});

	it('stays the same patch where a later stage shows it, and is the first of another token', () => {
		expect(patchOfToken(even, 1, 0, 9)).toBe(9);
		expect(patchOfToken(even, 1, 5, 9)).toBe(2 * 8 + 2);
		expect(patchOfToken(odd, 1, 11, 0)).toBe(6 * 5 + 4);
	});
});

describe('a window on the photo', () => {
	it('is one square without a shift', () => {
		const layout = windowLayout(even, 0, 0);
		expect(windowParts(layout, 9)).toEqual([{ row: 0, column: 0, rows: 4, columns: 4, own: true }]);
		expect(windowParts(layout, 63)).toEqual([{ row: 4, column: 4, rows: 4, columns: 4, own: true }]);
	});

	it('is the square at its shifted place', () => {
		expect(windowParts(windowLayout(even, 0, 1), 27)).toEqual([{ row: 2, column: 2, rows: 4, columns: 4, own: true }]);
	});

	it('is in up to four parts where it came round the edge, and only one of them is the query’s', () => {
		const parts = windowParts(windowLayout(even, 0, 1), 0);
		expect(parts).toEqual([
			{ row: 6, column: 6, rows: 2, columns: 2, own: false },
			{ row: 6, column: 0, rows: 2, columns: 2, own: false },
			{ row: 0, column: 6, rows: 2, columns: 2, own: false },
			{ row: 0, column: 0, rows: 2, columns: 2, own: true }
		]);
		expect(windowParts(windowLayout(even, 0, 1), 3)).toEqual([
			{ row: 6, column: 2, rows: 2, columns: 4, own: false },
			{ row: 0, column: 2, rows: 2, columns: 4, own: true }
		]);
	});

	it('leaves padding out, and counts it', () => {
		const plain = windowLayout(odd, 0, 0);
		expect(windowParts(plain, 34)).toEqual([{ row: 4, column: 4, rows: 3, columns: 1, own: true }]);
		expect(paddingOf(plain, 34)).toBe(13);
		const shifted = windowLayout(odd, 0, 1);
		expect(windowParts(shifted, 34)).toEqual([
			{ row: 6, column: 2, rows: 1, columns: 3, own: true },
			{ row: 0, column: 2, rows: 2, columns: 3, own: false }
		]);
		expect(paddingOf(shifted, 34)).toBe(16 - 9);
	});

	it('joins the windows of the block before that it lies across', () => {
		const shifted = windowLayout(even, 0, 1);
		expect(joinedWindows(even, 0, shifted, 27)).toBe(4);
		expect(joinedWindows(even, 0, shifted, 3)).toBe(2);
		expect(joinedWindows(even, 0, shifted, 0)).toBe(1);
		expect(joinedWindows(even, 0, windowLayout(even, 0, 0), 27)).toBe(1);
	});

	it('ends at lines that the shift moves', () => {
		expect(windowLines(windowLayout(even, 0, 0))).toBe('M0 4H8M4 0V8');
		expect(windowLines(windowLayout(even, 0, 1))).toBe('M0 2H8M0 6H8M2 0V8M6 0V8');
		expect(windowLines(windowLayout(even, 1, 1))).toBe('');
	});
});

it('a map reaches beyond a picture that it does not divide', () => {
	expect(extentOf(even, 1)).toEqual({ width: 32, height: 32 });
	expect(extentOf(odd, 0)).toEqual({ width: 20, height: 28 });
	expect(extentOf(odd, 1)).toEqual({ width: 24, height: 32 });
});
