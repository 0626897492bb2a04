import { describe, expect, it } from 'vitest';
import { photoIn, reducedSize } from './sharp';

describe('reducedSize', () => {
	it('leaves a small crop as it is', () => {
		expect(reducedSize({ width: 640, height: 480 })).toEqual({ width: 640, height: 480 });
	});

	it('brings the longer side to 1024 pixels and keeps the aspect', () => {
		expect(reducedSize({ width: 4096, height: 2048 })).toEqual({ width: 1024, height: 512 });
		expect(reducedSize({ width: 100, height: 2048 })).toEqual({ width: 50, height: 1024 });
	});

	it('never vanishes', () => {
		expect(reducedSize({ width: 4000, height: 0.5 })).toEqual({ width: 1024, height: 1 });
	});
});

describe('photoIn', () => {
	it('covers all of a crop that lies inside the photo', () => {
		const { x, y, width, height } = photoIn({ x: 10, y: 0, width: 20, height: 20 }, { width: 40, height: 20 });
		expect([x <= 0, y <= 0, x + width >= 1, y + height >= 1]).toEqual([true, true, true, true]);
	});

	it('leaves a border where the crop reaches beyond', () => {
		const place = photoIn({ x: 0, y: -16, width: 64, height: 64 }, { width: 64, height: 32 });
		expect(place.y).toBe(0.25);
		expect(place.height).toBe(0.5);
	});
});
