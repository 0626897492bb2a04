import { describe, expect, it } from 'vitest';
import { indexTicks, roomFor } from './ticks';

describe('indexTicks', () => {
	it('names every item where there is room', () => {
		expect(indexTicks(4, 30, 24)).toEqual([0, 1, 2, 3]);
	});

	it('names the first, and round numbers counted from 1', () => {
		expect(indexTicks(197, 2, 30).map((i) => i + 1)).toEqual([1, 20, 40, 60, 80, 100, 120, 140, 160, 180]);
	});

	it('counts from 0 where the CLS token comes first', () => {
		expect(indexTicks(197, 2, 30, 0)).toEqual([0, 20, 40, 60, 80, 100, 120, 140, 160, 180]);
	});

	it.each([
		[197, 1.5, 28],
		[1024, 0.3, 28],
		[17, 9, 24],
		[65, 3, 40],
		[3, 2, 24]
	])('keeps %i items of %d px at least %i px apart', (count, size, apart) => {
		const ticks = indexTicks(count, size, apart);
		expect(ticks[0]).toBe(0);
		const gaps = ticks.slice(1).map((tick, i) => (tick - (ticks[i] ?? 0)) * size);
		expect(Math.min(Infinity, ...gaps)).toBeGreaterThanOrEqual(apart);
	});

	it('names nothing of nothing', () => {
		expect(indexTicks(0, 10, 10)).toEqual([]);
	});

	it('gives a longer name more room', () => {
		expect(roomFor('1000')).toBeGreaterThan(roomFor('CLS'));
		expect(roomFor('')).toBeGreaterThan(0);
	});
});
