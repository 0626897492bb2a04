import { expect, it } from 'vitest';
import { changedNumbers, changedPercents, count, numbered, percent, scientific, tiny, weightPercent } from './numbers';

it('groups the digits of a count', () => {
	expect([7, 1000, 5717416].map(count)).toEqual(['7', '1,000', '5,717,416']);
});

it('writes a share with one digit, and says when that is too few', () => {
	expect([1, 0.4567, 0.0012, 0.0009, 0].map(percent)).toEqual(['100.0 %', '45.7 %', '0.1 %', '< 0.1 %', '0.0 %']);
});

it.each([
	[0, '0 %'],
	[0.00009, '< 0.01 %'],
	[0.0001, '0.01 %'],
	[0.0328, '3.28 %'],
	[0.37, '37 %'],
	[0.99999, '100 %']
])('writes the weight %f as the percentage %s', (weight, text) => {
	expect(weightPercent(weight)).toBe(text);
});

it('writes differences that ought to be tiny, with their power of ten where they are', () => {
	const differences = [0, 1.234, 0.0123, 0.00456, 1.8e-5, 2.34e-12];
	expect(differences.map(tiny)).toEqual(['0', '1.2', '0.012', '4.6 · 10⁻³', '1.8 · 10⁻⁵', '2.3 · 10⁻¹²']);
	expect(tiny(NaN)).toBe('NaN');
	expect([-0.00012, 4.5e11].map(scientific)).toEqual(['−1.2 · 10⁻⁴', '4.5 · 10¹¹']);
});

it('counts what is to be chosen from 1', () => {
	expect(numbered(2)).toEqual([
		{ value: 0, label: '1' },
		{ value: 1, label: '2' }
	]);
});

it.each([
	[0.6, 0.2, ['60.0 %', '20.0 %', '−40.0']],
	[0.5, 0.5, ['50.0 %', '50.0 %', '+0.0']],
	[0.99931, 0.99952, ['99.93 %', '99.95 %', '+0.02']],
	[0.99948, 0.99951, ['99.948 %', '99.951 %', '+0.003']],
	[0.999499, 0.999501, ['99.950 %', '99.950 %', '≈ 0']],
	[0.4000001, 0.4, ['40.0 %', '40.0 %', '≈ 0']],
	[0, 0.0004, ['0.00 %', '0.04 %', '+0.04']],
	[0.00001, 0.0004, ['< 0.01 %', '0.04 %', '+0.04']],
	[0.60049, 0.70051, ['60.0 %', '70.1 %', '+10.1']]
] as const)('writes the change from %f to %f so that it adds up', (before, after, written) => {
	const { before: from, after: to, difference } = changedPercents(before, after);
	expect([from, to, difference]).toEqual(written);
});

it('writes the change of any number', () => {
	expect(changedNumbers(2.5, 2)).toEqual({ before: '2.5', after: '2', difference: '−0.5' });
});
