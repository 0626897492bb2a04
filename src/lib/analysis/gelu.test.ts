import { describe, expect, it } from 'vitest';
import { erf, gelu } from './gelu';

describe('the error function', () => {
	// From tables (DLMF 7.23, Abramowitz and Stegun 7.1).
	it.each([
		[0, 0],
		[0.1, 0.112462916018285],
		[0.5, 0.520499877813047],
		[1, 0.842700792949715],
		[2, 0.995322265018953],
		[3, 0.999977909503001],
		[7, 1]
	])('of %f is %f, and odd', (x, value) => {
		expect(erf(x)).toBeCloseTo(value, 14);
		expect(erf(-x)).toBeCloseTo(-value, 14);
	});
});

describe('GELU', () => {
	it('is x times the share of a normal distribution below x', () => {
		expect(gelu(1)).toBeCloseTo(0.841344746068543, 14);
		expect(gelu(-1)).toBeCloseTo(-0.158655253931457, 14);
	});

	it('is 0 at 0, nothing far to the left and x far to the right', () => {
		expect(gelu(0)).toBe(0);
		expect(gelu(-40)).toBeCloseTo(0, 15);
		expect(gelu(40)).toBe(40);
	});
});
