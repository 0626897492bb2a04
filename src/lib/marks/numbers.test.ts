import { expect, it } from 'vitest';
import { count, numbered, percent } from './numbers';

it('groups the digits of a count', () => {
	expect([7, 1000, 5243624].map(count)).toEqual(['7', '1,000', '5,243,624']);
});

it('writes a share with one digit, and says when that is too few', () => {
	expect([1, 0.4567, 0.0012, 0.0009, 0].map(percent)).toEqual(['100.0 %', '45.7 %', '0.1 %', '< 0.1 %', '0.0 %']);
});

it('counts what is to be chosen from 1', () => {
	expect(numbered(2)).toEqual([
		{ value: 0, label: '1' },
		{ value: 1, label: '2' }
	]);
});
