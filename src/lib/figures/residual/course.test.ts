import { describe, expect, it } from 'vitest';
import { courseOf, farthest, outliersOf } from './course';

const say = (...sizes: number[]) => courseOf(sizes, (place) => `after block ${place}`, String);

describe('the course of a length', () => {
	it('is told as growing or shrinking only where it never does the other', () => {
		expect(say(1, 2, 2, 5)).toBe('grows from 1 to 5, and never shrinks');
		expect(say(5, 3)).toBe('shrinks from 5 to 3, and never grows');
	});

	it('has its turns, in their order', () => {
		expect(say(15.4, 12, 10, 14, 21)).toBe('begins at 15.4, falls to 10 after block 2, and ends at 21');
		expect(say(5, 9, 4)).toBe('begins at 5, rises to 9 after block 1, and ends at 4');
		expect(say(5, 9, 2, 4)).toBe('begins at 5, rises to 9 after block 1, falls to 2 after block 2, and ends at 4');
		expect(say(5, 2, 9, 4)).toBe('begins at 5, falls to 2 after block 1, rises to 9 after block 2, and ends at 4');
	});

	it('is about its ends alone where these are the shortest and the longest', () => {
		expect(say(1, 3, 2, 5)).toBe('begins at 1, and ends at 5');
	});
});

describe('patches that are far longer than the others', () => {
	it('leave the median where it is, and are named with the longest first', () => {
		expect(outliersOf([12, 90, 11, 576, 13])).toEqual({ patches: [3, 1], median: 13, longest: 576 });
		expect(outliersOf([12, 40])).toMatchObject({ patches: [], longest: NaN });
	});

	it('are told of where they stand out the most', () => {
		const of = (...norms: number[]) => outliersOf(norms);
		expect(farthest([of(1, 1, 9), of(1, 1, 30), of(10, 10, 90)])).toBe(1);
		expect(farthest([of(1, 2), of(1, 1)])).toBe(1);
	});
});
