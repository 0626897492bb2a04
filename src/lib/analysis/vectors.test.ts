import { expect, it } from 'vitest';
import { deviation, products, ranked, reach, sum } from './vectors';

it('multiplies element by element, and adds up', () => {
	expect([...products([2, 3], [4, -1])]).toEqual([8, -3]);
	expect(products([1, 2], [3])[1]).toBeNaN();
	expect(sum([8, -3])).toBe(5);
});

it('ranks, reaches and spreads', () => {
	expect(ranked([1, 5, -7, 3])).toEqual([1, 3, 0, 2]);
	expect(reach([1, -7], [3])).toBe(7);
	expect(reach([0])).toBe(1);
	expect(deviation([2, 4, 4, 4, 5, 5, 7, 9])).toBe(2);
});
