import { expect, it } from 'vitest';
import { meanPatch, zeroColour } from './pixels';

it('the colour that is zero is what the model takes off', () => {
	expect(zeroColour({ mean: [0.5, 0.5, 0.5], rescale: 1 / 255 })).toEqual([128, 128, 128]);
	expect(zeroColour({ mean: [0.485, 0.456, 0.406], rescale: 1 / 255 })).toEqual([124, 116, 104]);
});

it('the mean patch is the mean of all patches, place by place', () => {
	// Two patches of 2 x 2 side by side: every channel of pixel i is 10 i, but for alpha.
	const data = new Uint8ClampedArray(4 * 2 * 4);
	for (let i = 0; i < 8; i++) data.set([10 * i, 20 * i, 30 * i, 255], 4 * i);
	const mean = meanPatch({ data, width: 4, height: 2 }, 2);
	// Pixels 0 and 2, 1 and 3, 4 and 6, 5 and 7.
	expect([...mean]).toEqual([10, 20, 30, 255, 20, 40, 60, 255, 50, 100, 150, 255, 60, 120, 180, 255]);
});
