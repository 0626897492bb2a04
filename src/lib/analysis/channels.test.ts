import { expect, it } from 'vitest';
import { channelFigures, channelOf, placeActivity, ranked } from './channels';

/** Four places of three channels. */
const MAP = { channels: 3, data: Float32Array.from([1, 0, -3, 2, 0, 3, 0, 0, -3, -1, 4, 3]) };

it('takes one channel out, place by place', () => {
	expect([...channelOf(MAP, 0)]).toEqual([1, 2, 0, -1]);
	expect([...channelOf(MAP, 2)]).toEqual([-3, 3, -3, 3]);
});

it('measures places and channels by their magnitudes', () => {
	expect([...placeActivity(MAP)].map((value) => value * 3)).toEqual([4, 5, 3, 8].map((sum) => expect.closeTo(sum, 5)));
	expect(channelFigures(MAP)).toEqual([
		{ activity: 1, least: -1, most: 2, off: 0.25 },
		{ activity: 1, least: 0, most: 4, off: 0.75 },
		{ activity: 3, least: -3, most: 3, off: 0 }
	]);
});

it('ranks the most active first, and equals in their order', () =>
	expect(ranked(channelFigures(MAP))).toEqual([2, 0, 1]));
