import { describe, expect, it } from 'vitest';
import { barsPath, domainOfBars } from './bars';

describe('domainOfBars', () => {
	it('holds zero and every value', () => {
		expect(domainOfBars([3, 1, 2])).toEqual([0, 3]);
		expect(domainOfBars([-3, 1])).toEqual([-3, 1]);
		expect(domainOfBars([-3, -1])).toEqual([-3, 0]);
	});

	it('has an extent when the values have none, and leaves out what is not a number', () => {
		expect(domainOfBars([0, 0])).toEqual([0, 1]);
		expect(domainOfBars([])).toEqual([0, 1]);
		expect(domainOfBars([NaN, 2])).toEqual([0, 2]);
	});
});

describe('barsPath', () => {
	const y = (value: number) => 10 - 10 * value;

	it('draws each bar from zero to its value, a unit wide', () => {
		expect(barsPath([0.5, -1], y, false)).toBe('M0 10H1V5H0z' + 'M1 10H2V20H1z');
	});

	it('leaves a gap between bars where there is room', () => {
		expect(barsPath([1], y, true)).toBe('M0.1 10H0.9V0H0.1z');
	});

	it('draws no bar for what is not a number', () => {
		expect(barsPath([NaN, 1], y, false)).toBe('M1 10H2V0H1z');
	});
});
