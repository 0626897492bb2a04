import { scaleLinear } from 'd3';
import { describe, expect, it } from 'vitest';
import { endFormat, indexTicks, legible, longestLabel, namedTicks, roomFor, valueTicks } from './ticks';

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

describe('valueTicks', () => {
	const written = (reach: number, count: number) => {
		const { ticks, format } = valueTicks(scaleLinear([-reach, reach], [56, 0]), count);
		return ticks.map(format);
	};

	it.each([0.0093, 0.034, 0.09, 0.49, 0.9, 3, 9.5, 49])('names two values at least, told apart, up to %f', (reach) => {
		const ticks = written(reach, 2);
		expect(ticks.length).toBeGreaterThan(1);
		expect(new Set(ticks).size).toBe(ticks.length);
	});

	it('is what d3 makes of the count where that is enough', () => {
		expect(written(1, 2)).toEqual(['−1', '0', '1']);
	});

	it('comes to an end for a scale of nothing', () => {
		expect(valueTicks(scaleLinear([0, 0], [56, 0]), 2).ticks).toEqual([0]);
		expect(valueTicks(scaleLinear([NaN, NaN], [56, 0]), 2).ticks).toEqual([]);
	});
});

describe('the ends of a scale', () => {
	it.each([
		[[-1.3, 1.3], '−1.3', '1.3'],
		[[0, 3.56], '0.0', '3.6'],
		[[0, 1], '0.0', '1.0'],
		[[0, 0.0105], '0.0000', '0.0105']
	] as const)('%j are told as %s and %s', (domain, low, high) => {
		expect(domain.map(endFormat(domain))).toEqual([low, high]);
	});
});

describe('named ticks', () => {
	const at = (tick: number) => 13 - 4 * tick;

	it('are all where there is room, and else the ends and what fits between them', () => {
		expect(namedTicks([-2, 0, 2], (tick) => 3 * at(tick), 12)).toEqual([-2, 0, 2]);
		expect(namedTicks([-2, 0, 2], at, 12)).toEqual([-2, 2]);
		expect(namedTicks([-4, -2, 0, 2, 4], at, 12)).toEqual([-4, 0, 4]);
	});

	it('are one where two would touch, and none of none', () => {
		expect(namedTicks([0, 1], at, 12)).toEqual([1]);
		expect(namedTicks([], at, 12)).toEqual([]);
	});
});

describe('labels of chosen ticks', () => {
	it('are left out where they would run into the one before', () => {
		const labels = ['8', '9', '10', '11', '12'];
		expect(legible(labels, [0, 40, 80, 120, 160])).toEqual([true, true, true, true, true]);
		expect(legible(labels, [0, 14, 28, 42, 56])).toEqual([true, true, false, true, false]);
	});

	it('have the room of the longest', () => {
		expect(longestLabel(['0 %', '100 %'])).toBe(5 * 7.5);
		expect(longestLabel([])).toBe(0);
	});
});
