import { describe, expect, it } from 'vitest';
import type { Naming } from '../checkpoint/layer-names';
import { swinConfigWith } from '../testing/swin-config';
import type { SwinConfig } from './config';
import { placeOf, regionOf, relativePositions, shiftMask, tokenAt, windowLayout } from './windows';

/** A map of the given size: one stage of patches of one pixel. */
function config(rows: number, columns: number, window: number, rules: Naming = 'huggingface'): SwinConfig {
	return swinConfigWith({
		rules,
		imageSize: [rows, columns],
		patchSize: 1,
		stages: [{ depth: 2, heads: 1, dim: 1, mlpDim: 1, window }]
	});
}

const square = (side: number) => ({ rows: side, columns: side });

const tokensOf = (rows: number, columns: number, window: number, block: number, rules?: Naming) => {
	const layout = windowLayout(config(rows, columns, window, rules), 0, block);
	return Array.from({ length: layout.count }, (_, w) =>
		Array.from({ length: layout.area }, (__, place) => tokenAt(layout, { window: w, place }))
	);
};

describe('windows that stay as large as they are', () => {
	it.each<Naming>(['huggingface', 'timm'])(
		'fill a smaller map up, and are shifted there too, by the rules of %s',
		(rules) => {
			const kept = { ...config(2, 3, 4, rules), alwaysPartition: true };
			expect(windowLayout(kept, 0, 0)).toMatchObject({
				window: square(4),
				padded: square(4),
				shift: square(0),
				count: 1
			});
			expect(windowLayout(kept, 0, 1)).toMatchObject({
				window: square(4),
				padded: square(4),
				shift: square(2),
				count: 1
			});
			expect(windowLayout(config(2, 3, 4, rules), 0, 1)).toMatchObject({ shift: square(0) });
		}
	);
});

describe('windows', () => {
	it('cut the map row by row', () => {
		expect(tokensOf(4, 4, 2, 0)).toEqual([
			[0, 1, 4, 5],
			[2, 3, 6, 7],
			[8, 9, 12, 13],
			[10, 11, 14, 15]
		]);
	});

	it('are shifted by half their side in every second block, and what falls out comes round', () => {
		expect(tokensOf(4, 4, 2, 1)).toEqual([
			[5, 6, 9, 10],
			[7, 4, 11, 8],
			[13, 14, 1, 2],
			[15, 12, 3, 0]
		]);
	});

	it('are filled up at the right and the bottom, before the shift', () => {
		expect(tokensOf(3, 5, 2, 0).slice(2)).toEqual([
			[4, null, 9, null],
			[10, 11, null, null],
			[12, 13, null, null],
			[14, null, null, null]
		]);
		expect(tokensOf(3, 5, 2, 1)[5]).toEqual([null, null, null, 0]);
	});

	it.each([
		[3, 8, 4, 3],
		[4, 9, 4, 4],
		[7, 7, 7, 7],
		[2, 2, 7, 2]
	])('on a map of %i x %i, %i shrink to %i and stay where they are', (rows, columns, window, shrunk) => {
		const layout = windowLayout(config(rows, columns, window), 0, 1);
		expect(layout).toMatchObject({ window: square(shrunk), shift: square(0), padded: { rows: shrunk } });
		expect(shiftMask(layout)).toBeNull();
	});

	it.each([
		[8, 8, 4],
		[9, 11, 4],
		[7, 5, 3]
	])('hold every token of a map of %i x %i once, at the place that it is looked up at', (rows, columns, window) => {
		for (const block of [0, 1]) {
			for (const rules of ['huggingface', 'timm'] as const) {
				const layout = windowLayout(config(rows, columns, window, rules), 0, block);
				const found = tokensOf(rows, columns, window, block, rules).flat();
				const tokens = [...Array(rows * columns).keys()];
				expect(found.filter((token) => token !== null).sort((a, b) => a - b)).toEqual(tokens);
				for (const token of tokens) expect(tokenAt(layout, placeOf(layout, token))).toBe(token);
			}
		}
	});
});

describe('windows by timm’s rules', () => {
	it('are filled up after the shift', () => {
		expect(tokensOf(3, 5, 2, 1, 'timm')).toEqual([
			[6, 7, 11, 12],
			[8, 9, 13, 14],
			[5, null, 10, null],
			[1, 2, null, null],
			[3, 4, null, null],
			[0, null, null, null]
		]);
		const layout = windowLayout(config(3, 5, 2, 'timm'), 0, 1);
		const last = [0, 1, 2, 3].map((place) => regionOf(layout, { window: 5, place }));
		expect(last).toEqual([4, 5, 7, 8]);
	});

	it('let what came round be seen where the mask, made for the map with its padding, does not reach it', () => {
		const layout = windowLayout(config(5, 5, 4, 'timm'), 0, 1);
		const seen = (window: number) =>
			[0, 1, 2, 3].map((row) => [
				tokenAt(layout, { window, place: 4 * row }),
				regionOf(layout, { window, place: 4 * row })
			]);
		expect(seen(0)).toEqual([
			[12, 0],
			[17, 0],
			[22, 0],
			[2, 0]
		]);
		expect(seen(2)).toEqual([
			[7, 3],
			[null, 3],
			[null, 6],
			[null, 6]
		]);
	});

	it('shrink and stay on each axis by itself', () => {
		expect(windowLayout(config(3, 8, 4, 'timm'), 0, 1)).toMatchObject({
			window: { rows: 3, columns: 4 },
			shift: { rows: 0, columns: 2 },
			padded: { rows: 3, columns: 8 },
			count: 2
		});
	});

	it('are planned for maps halved without what fills up an odd side', () => {
		const stage = { depth: 2, heads: 1, dim: 1, mlpDim: 1, window: 5 };
		const odd = swinConfigWith({ rules: 'timm', imageSize: [11, 24], patchSize: 1, stages: [stage, stage] });
		expect(windowLayout(odd, 1, 1)).toMatchObject({
			map: { rows: 6, columns: 12 },
			window: square(5),
			shift: { rows: 0, columns: 2 }
		});
	});
});

describe('the mask', () => {
	it('keeps apart what came round and what did not', () => {
		const layout = windowLayout(config(4, 4, 2), 0, 1);
		const mask = shiftMask(layout) ?? new Float32Array();
		const window = (index: number) => [...mask.slice(index * 16, (index + 1) * 16)];
		expect(window(0)).toEqual(new Array(16).fill(0));
		expect(window(1)).toEqual([0, -100, 0, -100, -100, 0, -100, 0, 0, -100, 0, -100, -100, 0, -100, 0]);
		expect(window(3).filter((value) => value === 0)).toHaveLength(4);
		expect([0, 1, 2, 3].map((place) => regionOf(layout, { window: 3, place }))).toEqual([4, 5, 7, 8]);
	});
});

describe('relative positions', () => {
	it('count offsets of rows, then of columns', () => {
		expect([...relativePositions(square(2), square(2))]).toEqual([4, 3, 1, 0, 5, 4, 2, 1, 7, 6, 4, 3, 8, 7, 5, 4]);
	});

	it('use the middle of the table of a larger window', () => {
		expect([...relativePositions(square(2), square(3))].slice(0, 4)).toEqual([12, 11, 7, 6]);
		expect([...relativePositions(square(1), square(4))]).toEqual([24]);
	});
});
