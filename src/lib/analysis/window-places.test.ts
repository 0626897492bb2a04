import { describe, expect, it } from 'vitest';
import type { SwinConfig } from '../engine/swin/config';
import { windowLayout } from '../engine/swin/windows';
import { swinConfigWith } from '../engine/testing/swin-config';
import {
	evenEntropy,
	extentOf,
	joinedWindows,
	linesBefore,
	paddingOf,
	reachIn,
	patchOfToken,
	tokenOfPatch,
	windowLines,
	windowParts
} from './window-places';

/** Two stages on a picture of the given size, in patches of 4 pixels and windows of 4 tokens. */
function config(height: number, width: number, rules: SwinConfig['rules'] = 'huggingface'): SwinConfig {
	const stage = { depth: 2, heads: 1, dim: 1, mlpDim: 1, window: 4 };
	return swinConfigWith({ rules, imageSize: [height, width], patchSize: 4, stages: [stage, stage] });
}

/** A map of 8 x 8 tokens: four windows. */
const even = config(32, 32);
/** One of 7 x 5, filled up to 8 x 8. */
const odd = config(28, 20);

/** A part that begins at the window's first place, unless it is said where. */
const part = (
	row: number,
	column: number,
	rows: number,
	columns: number,
	own: boolean,
	at: [number, number] = [0, 0]
) => ({
	row,
	column,
	rows,
	columns,
	inWindow: { row: at[0], column: at[1] },
	own
});

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
		expect(windowParts(layout, 9)).toEqual([part(0, 0, 4, 4, true)]);
		expect(windowParts(layout, 63)).toEqual([part(4, 4, 4, 4, true)]);
	});

	it('is the square at its shifted place', () => {
		expect(windowParts(windowLayout(even, 0, 1), 27)).toEqual([part(2, 2, 4, 4, true)]);
	});

	it('is in up to four parts where it came round the edge, and only one of them is the query’s', () => {
		const parts = windowParts(windowLayout(even, 0, 1), 0);
		expect(parts).toEqual([
			part(6, 6, 2, 2, false),
			part(6, 0, 2, 2, false, [0, 2]),
			part(0, 6, 2, 2, false, [2, 0]),
			part(0, 0, 2, 2, true, [2, 2])
		]);
		expect(windowParts(windowLayout(even, 0, 1), 3)).toEqual([part(6, 2, 2, 4, false), part(0, 2, 2, 4, true, [2, 0])]);
	});

	it('leaves padding out, and counts it', () => {
		const plain = windowLayout(odd, 0, 0);
		expect(windowParts(plain, 34)).toEqual([part(4, 4, 3, 1, true)]);
		expect(paddingOf(plain, 34)).toBe(13);
		const shifted = windowLayout(odd, 0, 1);
		expect(windowParts(shifted, 34)).toEqual([part(6, 2, 1, 3, true), part(0, 2, 2, 3, false, [2, 0])]);
		expect(paddingOf(shifted, 34)).toBe(16 - 9);
	});

	it('is drawn as timm cuts it: filled up after the roll, and masked as if before', () => {
		const shifted = windowLayout(config(28, 20, 'timm'), 0, 1);
		expect(windowParts(shifted, 34)).toEqual([
			part(6, 2, 1, 3, true),
			part(6, 0, 1, 1, true, [0, 3]),
			part(0, 2, 1, 3, true, [1, 0]),
			part(0, 0, 1, 1, true, [1, 3]),
			part(1, 2, 1, 3, false, [2, 0]),
			part(1, 0, 1, 1, false, [2, 3])
		]);
		expect(paddingOf(shifted, 34)).toBe(4);
		expect(reachIn(shifted, 34)).toBe(8);
		expect(joinedWindows(config(28, 20, 'timm'), 0, shifted, 34)).toBe(4);
		expect(windowLines(shifted)).toBe('M0 2H5M0 6H5M1 0V7M2 0V7');
	});

	it('reaches as many places as the mask leaves, padding among them', () => {
		expect(reachIn(windowLayout(even, 0, 0), 9)).toBe(16);
		expect(reachIn(windowLayout(even, 0, 1), 0)).toBe(4);
		// Four corners of 4 tokens see 4 places each, four edges of 8 tokens see 8, and the 16 in the middle see 16.
		expect(evenEntropy(windowLayout(even, 0, 1))).toBeCloseTo((16 * 2 + 32 * 3 + 16 * 4) * (Math.LN2 / 64), 10);
		expect(reachIn(windowLayout(odd, 0, 0), 34)).toBe(16);
		expect(reachIn(windowLayout(odd, 0, 1), 34)).toBe(8);
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
		expect(linesBefore(even, 0, windowLayout(even, 0, 1))).toBe('M0 4H8M4 0V8');
		expect(linesBefore(even, 0, windowLayout(even, 0, 0))).toBe('');
	});
});

it('a map reaches beyond a picture that it does not divide', () => {
	expect(extentOf(even, 1)).toEqual({ width: 32, height: 32 });
	expect(extentOf(odd, 0)).toEqual({ width: 20, height: 28 });
	expect(extentOf(odd, 1)).toEqual({ width: 24, height: 32 });
});
