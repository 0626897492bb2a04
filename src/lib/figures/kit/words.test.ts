import { describe, expect, it } from 'vitest';
import { added, counted, exact, prefixWords, probability, rough, tokenWords, tokenWordsFirst } from './words';

describe('numbers in words', () => {
	it('have a true minus sign, and none at zero', () => {
		expect(exact(-1.23456)).toBe('−1.235');
		expect(exact(-0.0001)).toBe('0.000');
		expect(rough(-0.004)).toBe('0.00');
		expect(rough(2)).toBe('2.00');
	});

	it('stand in brackets where a negative one is added', () => {
		expect(added(rough(-2))).toBe('(−2.00)');
		expect(added(rough(2))).toBe('2.00');
	});

	it('count one thing as one', () => {
		expect([0, 1, 1232].map((n) => counted(n, 'patch', 'patches'))).toEqual(['0 patches', '1 patch', '1,232 patches']);
	});

	it('are never 0 where they are probabilities', () => {
		expect([0.91234, 0.1, 0.01234, 0.000112].map(probability)).toEqual(['0.912', '0.100', '0.0123', '0.000112']);
	});
});

describe('a token in words', () => {
	const grid = { rows: 2, columns: 3 };

	it('is CLS, or its place counted from 1', () => {
		expect(tokenWords(0, grid)).toBe('CLS');
		expect(tokenWords(4, grid)).toBe('the patch in row 2, column 1');
		expect(tokenWordsFirst(4, grid)).toBe('The patch in row 2, column 1');
		expect(tokenWords(3, { ...grid, prefix: [] })).toBe('the patch in row 2, column 1');
		expect(tokenWords(3, { ...grid, prefix: [], merged: true })).toBe('the token in row 2, column 1');
	});
});

describe('what stands before the patches, in words', () => {
	it.each([
		[true, false, 0, 'CLS'],
		[true, false, 1, 'CLS and 1 register'],
		[true, true, 0, 'CLS and the distillation token'],
		[true, true, 4, 'CLS, the distillation token and 4 registers'],
		[false, false, 1, '1 register'],
		[false, false, 0, '']
	])('with CLS: %s, a distillation token: %s, and %i registers', (cls, distilled, registers, words) => {
		expect(prefixWords({ cls, distilled, registers })).toBe(words);
	});
});
