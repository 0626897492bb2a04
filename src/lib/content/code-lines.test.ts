import { describe, expect, it } from 'vitest';
import { lineAfter } from './code-lines';

describe('the keys of code', () => {
	it.each([
		['ArrowDown', 1, 2],
		['ArrowDown', 3, 3],
		['ArrowUp', 1, 0],
		['ArrowUp', 0, 0],
		['Home', 2, 0],
		['End', 1, 3],
		['Enter', 1, null],
		['ArrowRight', 1, null]
	])('%s leads from line %i to %s', (key, from, to) => {
		expect(lineAfter(key, from, 4)).toBe(to);
	});
});
