import { describe, expect, it } from 'vitest';
import { channelOf } from './maps';

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
