import { describe, expect, it } from 'vitest';
import { cutPatch } from './patch-pixels';

/** 4 x 4 pixels in four patches; red is the column, green the row, blue 100 more than the pixel's number. */
const data = new Uint8ClampedArray(4 * 16);
for (let i = 0; i < 16; i++) data.set([i % 4, Math.floor(i / 4), 100 + i, 0], 4 * i);
const seen = { width: 4, height: 4, data };

describe('cutPatch', () => {
	it('gives the pixels of the patch, row by row, opaque', () => {
		expect([...cutPatch(seen, 3, 2, 2)]).toEqual(
			[
				[2, 2, 110, 255],
				[3, 2, 111, 255],
				[2, 3, 114, 255],
				[3, 3, 115, 255]
			].flat()
		);
	});

	it('gives the light of one channel alone', () => {
		expect([...cutPatch(seen, 1, 2, 2, 2)].slice(0, 8)).toEqual([0, 0, 102, 255, 0, 0, 103, 255]);
		expect([...cutPatch(seen, 1, 2, 2, 0)].slice(0, 4)).toEqual([2, 0, 0, 255]);
	});

	it('is black outside the picture', () => {
		expect([...cutPatch(seen, 4, 2, 2)].slice(0, 4)).toEqual([0, 0, 0, 255]);
	});
});
