import { describe, expect, it } from 'vitest';
import { reducedSize } from './sharp';

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
