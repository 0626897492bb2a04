import { expect, it } from 'vitest';
import { movedTo } from './roving';

it.each([
	[1, 'ArrowRight', 2],
	[1, 'ArrowDown', 2],
	[1, 'ArrowLeft', 0],
	[0, 'ArrowUp', 0],
	[3, 'ArrowRight', 3],
	[2, 'Home', 0],
	[0, 'End', 3],
	[0, 'a', null],
	[0, 'Tab', null]
])('from %d of four, %s leads to %s', (at, key, to) => {
	expect(movedTo(at, key, 4)).toBe(to);
});

it('leads nowhere where there is nothing', () => {
	expect(movedTo(-1, 'End', 0)).toBeNull();
});
