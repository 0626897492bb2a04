import { expect, it } from 'vitest';
import { threadsToTry } from './probe-all';

it('tries half of the cores and all of them, eight at most, and never one', () => {
	expect([1, 2, 3, 4, 8, 12, 64].map(threadsToTry)).toEqual([[], [2], [3], [2, 4], [4, 8], [6, 8], [8]]);
});
