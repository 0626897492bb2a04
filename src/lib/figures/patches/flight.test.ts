import { describe, expect, it } from 'vitest';
import type { Box } from '../../marks/tip';
import { boxAt, clsOpacity, flightOf, LINE_NUMBERS, progressOf, tokenUnder } from './flight';

const ROOMS = [
	{ width: 320, height: 320, grid: { rows: 14, columns: 14 } },
	{ width: 640, height: 360, grid: { rows: 28, columns: 28 } },
	{ width: 900, height: 400, grid: { rows: 7, columns: 7 } },
	{ width: 500, height: 300, grid: { rows: 2, columns: 3 } }
];

const centre = ({ left, top, width, height }: Box) => ({ x: left + width / 2, y: top + height / 2 });

describe.each(ROOMS)('a flight in $width x $height of $grid.rows x $grid.columns patches', (room) => {
	const flight = flightOf(room);
	const tokens = 1 + room.grid.rows * room.grid.columns;
	const all = Array.from({ length: tokens }, (_, token) => token);

	it('starts as the photo, each patch in its place', () => {
		const { photo } = flight;
		const side = photo.width / room.grid.columns;
		expect(photo.width / photo.height).toBeCloseTo(room.grid.columns / room.grid.rows, 10);
		const second = boxAt(flight, 2, 0);
		expect(second.left).toBeCloseTo(photo.left + side, 10);
		expect(second.top).toBeCloseTo(photo.top, 10);
		expect(second.width).toBeCloseTo(side, 10);
		const last = boxAt(flight, tokens - 1, 0);
		expect(last.left + last.width).toBeCloseTo(photo.left + photo.width, 8);
		expect(last.top + last.height).toBeCloseTo(photo.top + photo.height, 8);
	});

	it('ends as lines that read from left to right, CLS first, inside the room', () => {
		const boxes = all.map((token) => boxAt(flight, token, 1));
		for (const [token, box] of boxes.entries()) {
			expect(box.left).toBeGreaterThanOrEqual(LINE_NUMBERS);
			expect(box.left + box.width).toBeLessThanOrEqual(room.width + 1e-6);
			expect(box.top + box.height).toBeLessThanOrEqual(room.height + 1e-6);
			const next = boxes[token + 1];
			if (!next) continue;
			const sameLine = Math.abs(next.top - box.top) < 1e-6;
			if (sameLine) expect(next.left).toBeGreaterThan(box.left + box.width);
			else expect(next.top).toBeGreaterThan(box.top + box.height);
		}
	});

	it('has longer lines than the grid', () => {
		expect(flight.perLine).toBeGreaterThanOrEqual(Math.min(tokens, room.grid.columns + 4));
	});

	it.each([0, 1])('finds the token under a point when apart by %i', (share) => {
		for (const token of all.slice(1)) {
			const { x, y } = centre(boxAt(flight, token, share));
			expect(tokenUnder(flight, x, y, share)).toBe(token);
		}
	});
});

describe('the way', () => {
	const flight = flightOf({ width: 320, height: 320, grid: { rows: 4, columns: 4 } });

	it('begins with the first tokens and ends for all', () => {
		expect(progressOf(1, 17, 0)).toBe(0);
		expect(progressOf(16, 17, 0.9)).toBeLessThan(1);
		expect(progressOf(1, 17, 0.5)).toBeGreaterThan(progressOf(16, 17, 0.5));
		expect(progressOf(16, 17, 1)).toBe(1);
	});

	it('brings CLS, which is no part of the photo', () => {
		expect(clsOpacity(0)).toBe(0);
		expect(clsOpacity(1)).toBe(1);
		const { x, y } = centre(boxAt(flight, 0, 1));
		expect(tokenUnder(flight, x, y, 1)).toBe(0);
		expect(boxAt(flight, 0, 0)).toEqual(boxAt(flight, 0, 1));
	});

	it('has no CLS to point at before it is seen', () => {
		const wide = flightOf({ width: 640, height: 320, grid: { rows: 4, columns: 4 } });
		const { left, top } = boxAt(wide, 0, 0);
		expect(tokenUnder(wide, left + 1, top + 1, 0)).toBeNull();
		expect(tokenUnder(wide, left + 1, top + 1, 1)).toBe(0);
	});

	it('leaves the gaps between the tiles empty', () => {
		const { left, width, top } = boxAt(flight, 1, 1);
		expect(tokenUnder(flight, left + width + 1, top + 1, 1)).toBeNull();
	});
});
