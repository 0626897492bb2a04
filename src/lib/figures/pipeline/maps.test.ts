import { describe, expect, it } from 'vitest';
import { channelOf, middlePatches } from './maps';

describe('channelOf', () => {
	it('takes one number of four', () => {
		const data = Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, 255);
		expect([0, 1, 2].map((channel) => [...channelOf(data, channel as 0 | 1 | 2)])).toEqual([
			[1, 4],
			[2, 5],
			[3, 6]
		]);
	});
});

describe('patches in the middle', () => {
	it.each([
		[14, 14, [104, 105, 106, 107]],
		[7, 2, [7, 8]],
		[3, 1, [2]],
		[1, 5, [1, 2, 3, 4]],
		[1, 1, [1]]
	])('of %i rows of %i lie in its middle row', (rows, columns, tokens) => {
		expect(middlePatches({ rows, columns }, 4)).toEqual(tokens);
	});
});
