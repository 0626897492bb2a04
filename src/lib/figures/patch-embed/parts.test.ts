import { describe, expect, it } from 'vitest';
import { dot } from '../../analysis/linear';
import { tokenCount } from '../../engine/vit/config';
import { SMALL_CONFIG } from '../../engine/testing/small';
import { drawFilters, filtersOf, reachOfFilter } from './filters';
import { channelName, elementAt, indexOfElement, stepsOf } from './product';
import { countsOf, problemOf, sizesOf, SMALL } from './shapes';

describe('a dot product, taken apart', () => {
	const x = [1, -2, 3];
	const w = [0.5, 2, 1];

	it('adds up its products one by one', () => {
		const { products, sums } = stepsOf(x, w);
		expect([...products]).toEqual([0.5, -4, 3]);
		expect([...sums]).toEqual([0, 0.5, -3.5, -0.5]);
		expect(sums[3]).toBe(dot(x, w));
	});

	it('knows which pixel an element is', () => {
		expect(elementAt(0, 4)).toEqual({ channel: 0, row: 0, column: 0 });
		expect(elementAt(16 + 6, 4)).toEqual({ channel: 1, row: 1, column: 2 });
		for (const i of [0, 5, 22, 47]) expect(indexOfElement(elementAt(i, 4), 4)).toBe(i);
	});

	it('names channels by colour where there are three', () => {
		expect(channelName(2, 3)).toBe('blue');
		expect(channelName(0, 1)).toBe('channel 1');
	});
});

describe('filters', () => {
	/** Two features of one channel, 2 x 2 pixels: weights (4, 2). */
	const filters = filtersOf([1, 10, 2, 20, -3, 30, 4, 40], 2, 1, 2);

	it('are the columns of the projection', () => {
		expect([...(filters.data as Float32Array)]).toEqual([1, 2, -3, 4, 10, 20, 30, 40]);
	});

	it('reach as far as their largest weight', () => {
		expect(reachOfFilter(filters, 0)).toBe(4);
		expect(reachOfFilter(filters, 'all')).toBe(40);
	});

	it('are drawn around middle grey, with a margin, each on the scale that it is given', () => {
		const pixels = drawFilters(filters, (i) => (i === 0 ? 4 : 80), { perLine: 2, lines: 1 });
		const red = (x: number, y: number) => pixels[4 * (8 * y + x)];
		expect(pixels).toHaveLength(4 * 8 * 4);
		expect(pixels[3]).toBe(0);
		expect(red(1, 1)).toBe(Math.round(127.5 * 1.25));
		expect(red(1, 2)).toBe(Math.round(127.5 * 0.25));
		expect(red(2, 2)).toBe(255);
		expect(red(6, 2)).toBe(Math.round(127.5 * 1.5));
		expect(pixels[4 * (8 + 1) + 3]).toBe(255);
	});

	it('have a colour a channel', () => {
		const pixels = drawFilters({ data: [1, 0, -1], count: 1, channels: 3, side: 1 }, () => 1, { perLine: 1, lines: 1 });
		expect([...pixels.slice(4 * 4, 4 * 5)]).toEqual([255, 128, 0, 255]);
	});
});

describe('the calculator', () => {
	it('counts what follows from the small setting', () => {
		expect(countsOf(SMALL).map(({ value }) => value)).toEqual([324, 325, 192, 24704, 105625]);
		expect(countsOf(SMALL)[0]?.sum).toBe('(144 / 8)²');
	});

	it('follow from both sides of a model’s image, and from all that stands before its patches', () => {
		const config = { ...SMALL_CONFIG, imageSize: [63, 49] as const, patchSize: 7, distilled: true, registers: 4 };
		const [patches, tokens, , , entries] = countsOf(sizesOf(config));
		expect(patches).toMatchObject({ sum: '(63 / 7) × (49 / 7)', value: 63 });
		expect(tokens).toMatchObject({ sum: '63 + 6', value: tokenCount(config) });
		expect(entries?.value).toBe(69 ** 2);
	});

	it('says why sizes cannot be', () => {
		expect(problemOf(SMALL)).toBeNull();
		expect(problemOf({ ...SMALL, height: 150 })).toContain('6 would be left over');
		expect(problemOf({ ...SMALL, width: 145 })).toContain('1 would be left over');
		expect(problemOf({ ...SMALL, dim: 0 })).toContain('whole number');
		expect(problemOf({ ...SMALL, patch: 1.5 })).toContain('whole number');
	});
});
