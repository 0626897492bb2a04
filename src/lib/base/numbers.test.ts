import { format } from 'd3';
import { describe, expect, it } from 'vitest';
import { numbersIn } from './numbers';

describe('numbers for reading', () => {
	it.each([
		['en', '0.50', '2.63', '12,346', '1,234.5', '-0.25'],
		['de', '0,50', '2,63', '12\u202f346', '1\u202f234,5', '-0,25']
	] as const)('are written as it is done in %s', (language, half, nats, count, long, small) => {
		const { fixed, precise, grouped, decimal } = numbersIn(language);
		expect([fixed(0.5, 2), precise(2.634, 3), grouped(12345.6), grouped(1234.5, 1), decimal('-0.25')]).toEqual([
			half,
			nats,
			count,
			long,
			small
		]);
	});

	it('are so from a format of d3’s, too', () => {
		expect(numbersIn('de').written(format(',.2f'))(1234.5)).toBe('1\u202f234,50');
		expect(numbersIn('en').written(format(',.2f'))(1234.5)).toBe('1,234.50');
	});

	it('keep what is no number of decimals', () => {
		const { grouped } = numbersIn('de');
		expect([grouped(7), grouped(999), grouped(-1000), grouped(NaN), grouped(Infinity)]).toEqual([
			'7',
			'999',
			'-1\u202f000',
			'NaN',
			'Infinity'
		]);
	});
});
