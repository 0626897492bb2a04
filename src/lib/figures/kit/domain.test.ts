import { scaleLinear } from 'd3';
import { describe, expect, it } from 'vitest';
import { evenDomain, lowDomain, symmetricDomain } from './domain';

it.each([
	[
		[-1, 3],
		[-1, 3]
	],
	[
		[-9, 9],
		[-9, 10]
	],
	[
		[-9, 8.5],
		[-10, 8.5]
	]
])('bars of %j reach over %j', (values, domain) => {
	const found = lowDomain(values);
	expect(found).toEqual(domain);
	expect(scaleLinear(found, [0, 1]).ticks(2).length).toBeGreaterThan(1);
});

it.each([
	[
		[-1, 3],
		[-3, 3]
	],
	[
		[0.5, 9],
		[-10, 10]
	]
])('an even scale for %j reaches over %j', (values, domain) => {
	expect(evenDomain(values)).toEqual(domain);
});

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
