import { describe, expect, it } from 'vitest';
import { channelOf, symmetricDomain } from './maps';

describe('symmetricDomain', () => {
	it('holds 99 of 100 values, whichever sign the outliers have', () => {
		const values = Float32Array.from({ length: 1001 }, (_, i) => (i % 2 === 0 ? i : -i) / 1000);
		expect(symmetricDomain(values)[0]).toBeCloseTo(-0.99, 3);
		expect(symmetricDomain(values)[1]).toBeCloseTo(0.99, 3);
		values[0] = -500;
		expect(symmetricDomain(values)[1]).toBeLessThan(1);
	});

	it('leaves its values in their order', () => {
		const values = Float32Array.of(3, -1, 2);
		symmetricDomain(values);
		expect([...values]).toEqual([3, -1, 2]);
	});
});

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
