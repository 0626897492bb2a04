import { describe, expect, it } from 'vitest';
import { csvLines } from './csv';
import { tableLines } from './tables';

describe('a table as text', () => {
	it('has numbers in full, and nothing for what is none', () => {
		expect(
			csvLines([
				['row', 'weight'],
				[0, 1 / 3],
				[1, NaN],
				[2, -0.5]
			])
		).toBe('row,weight\n0,0.3333333333333333\n1,\n2,-0.5\n');
	});

	it('quotes what would end a cell', () => {
		expect(csvLines([['a,b', 'say "c"', 'two\nlines']])).toBe('"a,b","say ""c""","two\nlines"\n');
	});

	it.each(['=HYPERLINK("x")', '+1', '-1', '@sum', '\t=1'])('is text to a spreadsheet, too: %j', (label) => {
		expect(csvLines([[label]])).toMatch(/^"?'/);
	});

	it('puts several one below the other, each under its title', () => {
		const one = { title: 'Bars', columns: ['element', 'value'], rows: () => [[0, 0.5]] };
		const other = { title: 'Points', columns: ['x', 'y'], rows: () => [[1, 2]] };
		expect(tableLines([one, other])).toBe('Bars\nelement,value\n0,0.5\n\nPoints\nx,y\n1,2\n');
	});
});
