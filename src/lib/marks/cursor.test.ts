import { describe, expect, it } from 'vitest';
import { clampIndex, indexAt, moveAlong } from './cursor';

describe('moveAlong', () => {
	it.each([
		['ArrowLeft', 49],
		['ArrowDown', 49],
		['ArrowRight', 51],
		['ArrowUp', 51],
		['PageDown', 40],
		['PageUp', 60],
		['Home', 0],
		['End', 99]
	])('%s leads from 50 of 100 to %i', (key, to) => {
		expect(moveAlong(50, key, 100)).toBe(to);
	});

	it.each([
		['ArrowLeft', 0, 0],
		['PageDown', 1, 0],
		['ArrowRight', 4, 4],
		['PageUp', 4, 4]
	])('%s stops at the end', (key, from, to) => {
		expect(moveAlong(from, key, 5)).toBe(to);
	});

	it('leaves other keys alone', () => {
		expect(moveAlong(3, 'Tab', 5)).toBeNull();
	});
});

describe('indexAt', () => {
	it('finds the item under a share, and the end from outside', () => {
		expect(indexAt(0.49, 4)).toBe(1);
		expect(indexAt(0.5, 4)).toBe(2);
		expect(indexAt(-1, 4)).toBe(0);
		expect(indexAt(1, 4)).toBe(3);
		expect(clampIndex(3, 0)).toBe(0);
	});
});
