import { describe, expect, it } from 'vitest';
import { grownIn } from './room';

describe('how large figures are drawn', () => {
	it.each([
		[360, 740, 1],
		[1280, 800, 1],
		[1440, 900, 1.12],
		[1920, 1080, 1.38],
		// Wide and low: there is no height for more.
		[1920, 700, 1]
	])('in a window of %i by %i: %f times', (width, height, times) => {
		expect(grownIn(width, height)).toBe(times);
	});
});
