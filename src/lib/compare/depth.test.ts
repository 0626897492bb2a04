import { expect, it } from 'vitest';
import { relativeBlock } from './depth';

const all = (from: number, to: number) => Array.from({ length: from }, (_, block) => relativeBlock(block, from, to));

it('is the same block where both have as many', () => {
	expect(all(4, 4)).toEqual([0, 1, 2, 3]);
});

it('is the block after which as large a part is done', () => {
	expect(all(6, 12)).toEqual([1, 3, 5, 7, 9, 11]);
	expect(all(12, 6)).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
});

it('stays inside, and ends with the last block', () => {
	expect(all(12, 1)).toEqual(new Array(12).fill(0));
	expect(all(1, 12)).toEqual([11]);
	for (const [from, to] of [
		[12, 2],
		[3, 24],
		[7, 5]
	] as const)
		expect(all(from, to).at(-1)).toBe(to - 1);
});
