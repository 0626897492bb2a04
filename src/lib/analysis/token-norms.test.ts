import { expect, it } from 'vitest';
import { longestOverMedian, tokenNorms } from './token-norms';

it('are the lengths of the rows', () => {
	const tap = { shape: [1, 3, 2], data: Float32Array.of(3, 4, 0, 0, -5, 12) };
	expect([...tokenNorms(tap)]).toEqual([5, 0, 13]);
});

it('compares the longest with the median', () => {
	expect(longestOverMedian(Float32Array.of(2, 28, 1, 1, 3))).toBe(14);
	expect(longestOverMedian(new Float32Array())).toBeNaN();
});
