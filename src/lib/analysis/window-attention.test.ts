import { describe, expect, it } from 'vitest';
import type { WindowLayout } from '../engine/swin/windows';
import {
	elsewhere,
	lineStats,
	meanOverWindowHeads,
	overMap,
	windowHeadStats,
	windowLine,
	type WindowAttention
} from './window-attention';

/** A map of 3 x 3 in shifted windows of 2 x 2: 4 x 4 with padding. */
const SHIFTED: WindowLayout = {
	map: { rows: 3, columns: 3 },
	window: { rows: 2, columns: 2 },
	shift: { rows: 1, columns: 1 },
	rolled: { rows: 4, columns: 4 },
	padded: { rows: 4, columns: 4 },
	down: 2,
	across: 2,
	count: 4,
	area: 4
};

/** Two heads; a weight says which it is: window, head, query, key as digits, divided by 10000. */
const numbered: WindowAttention = {
	data: Float32Array.from({ length: 4 * 2 * 4 * 4 }, (_, i) => {
		const [window, head, query, key] = [Math.floor(i / 32), Math.floor(i / 16) % 2, Math.floor(i / 4) % 4, i % 4];
		return (1000 * window + 100 * head + 10 * query + key) / 10000;
	}),
	heads: 2,
	layout: SHIFTED,
	stage: 0,
	block: 1,
	cell: 8
};

/** Everything is given to one place of the window. */
const allTo = (place: number): WindowAttention => ({
	...numbered,
	data: numbered.data.map((_, i) => (i % 4 === place ? 1 : 0))
});

describe('attention in windows', () => {
	it('has a row and a column for each token, in its window', () => {
		const row = windowLine(numbered, 1, 4, 'from');
		expect(row.window).toBe(0);
		expect([...row.weights].map((w) => Math.round(w * 10000))).toEqual([100, 101, 102, 103]);
		const column = windowLine(numbered, 1, 8, 'to');
		expect([...column.weights].map((w) => Math.round(w * 10000))).toEqual([103, 113, 123, 133]);
	});

	it.each([
		[2, 0],
		[0, 9],
		[-1, 0]
	])('has no head %i with token %i', (head, token) => {
		expect(() => windowLine(numbered, head, token, 'from')).toThrow('no head');
	});

	it('lies over the map where the window is, and nowhere else', () => {
		const map = overMap(numbered, windowLine(numbered, 0, 4, 'from'));
		expect([...map].map((w) => (Number.isNaN(w) ? null : Math.round(w * 10000)))).toEqual([
			null,
			null,
			null,
			null,
			0,
			1,
			null,
			2,
			3
		]);
	});

	it('is averaged over heads by window', () => {
		const mean = meanOverWindowHeads(numbered);
		expect(mean.heads).toBe(1);
		expect(windowLine(mean, 0, 8, 'from').weights[1]).toBeCloseTo((31 + 131) / 2 / 10000, 6);
		const digits = (i: number) => 1000 * Math.floor(i / 16) + 50 + 10 * (Math.floor(i / 4) % 4) + (i % 4);
		expect([...mean.data].map((weight) => Math.round(weight * 10000))).toEqual(
			Array.from({ length: 64 }, (_, i) => digits(i))
		);
	});

	it('tells what goes to padding, and to what the mask keeps apart', () => {
		// The window at the bottom right holds padding, padding, padding, and the map's first token.
		const line = windowLine(allTo(0), 0, 0, 'from');
		expect(line.window).toBe(3);
		expect(elsewhere(allTo(0), line, 0)).toEqual({ padding: 1, masked: 0 });
		expect(elsewhere(allTo(3), windowLine(allTo(3), 0, 0, 'from'), 0)).toEqual({ padding: 0, masked: 0 });
		// The window at the top right holds padding beside the first column's second and third token.
		expect(elsewhere(allTo(1), windowLine(allTo(1), 0, 3, 'from'), 3)).toEqual({ padding: 0, masked: 0 });
	});

	it('is measured in nats and in pixels of the input', () => {
		expect(lineStats(allTo(3), 0, 4)).toEqual({ entropy: 0, distance: 8 * Math.SQRT2, padding: 0 });
		const even: WindowAttention = { ...numbered, data: numbered.data.map(() => 0.25) };
		expect(lineStats(even, 1, 4).entropy).toBeCloseTo(Math.log(4), 6);
		expect(windowHeadStats(even, 0).entropy).toBeCloseTo(Math.log(4), 6);
		expect(windowHeadStats(allTo(0), 0).padding).toBeCloseTo(1 / 9 + 4 / 9, 6);
	});
});
