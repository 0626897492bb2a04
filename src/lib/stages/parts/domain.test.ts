import { scaleLinear } from 'd3';
import { expect, it } from 'vitest';
import { evenDomain, lowDomain } from './domain';

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
