import { describe, expect, it } from 'vitest';
import { boxOfTile, flowOf, moveTile, tileAt } from './strip';

const flow = flowOf(10, 100, 25);

describe('a flow of tiles', () => {
	it('breaks into lines where the width ends', () => {
		expect(flow).toEqual({ count: 10, perLine: 4, lines: 3 });
		expect(flowOf(3, 100, 25)).toEqual({ count: 3, perLine: 3, lines: 1 });
		expect(flowOf(5, 10, 25)).toEqual({ count: 5, perLine: 1, lines: 5 });
	});

	it('finds the tile under a point, and none beside the last', () => {
		expect(tileAt(0.3, 0.5, flow)).toBe(5);
		expect(tileAt(0.3, 0.9, flow)).toBe(9);
		expect(tileAt(0.9, 0.9, flow)).toBeNull();
		expect(tileAt(-1, 2, flow)).toBe(8);
	});

	it('knows where each tile is', () => {
		expect(boxOfTile(6, flow)).toEqual({ left: 0.5, top: 1 / 3, width: 0.25, height: 1 / 3 });
		for (let i = 0; i < flow.count; i++) {
			const { left, top, width, height } = boxOfTile(i, flow);
			expect(tileAt(left + width / 2, top + height / 2, flow)).toBe(i);
		}
	});
});

describe('moveTile', () => {
	it.each([
		['ArrowLeft', 4, 3],
		['ArrowRight', 3, 4],
		['ArrowUp', 6, 2],
		['ArrowDown', 5, 9],
		['Home', 5, 0],
		['End', 5, 9]
	])('%s leads from %i to %i', (key, from, to) => {
		expect(moveTile(from, key, flow)).toBe(to);
	});

	it.each([
		['ArrowLeft', 0],
		['ArrowUp', 3],
		['ArrowDown', 7],
		['ArrowRight', 9]
	])('%s stays on %i', (key, at) => {
		expect(moveTile(at, key, flow)).toBe(at);
	});

	it('leaves other keys alone', () => {
		expect(moveTile(1, 'a', flow)).toBeNull();
	});
});
