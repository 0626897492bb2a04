import { expect, it } from 'vitest';
import { nearestHeight } from './sheet';

const PIXELS = { low: 100, half: 340, tall: 500 };

it.each([
	[0, 'low'],
	[219, 'low'],
	[221, 'half'],
	[419, 'half'],
	[421, 'tall'],
	[900, 'tall']
])('a sheet let go at %d pixels comes to rest %s', (dragged, height) => {
	expect(nearestHeight(dragged, PIXELS)).toBe(height);
});
