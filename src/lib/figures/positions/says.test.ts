import { describe, expect, it } from 'vitest';
import { rowsWords } from './says';

const own = [0.8, 0.1, 0.3, 0.6, 0.2].map((mean) => ({ mean }));

describe('whether positions know of the rows', () => {
	it('is told from the next row, and from what lies between', () => {
		const words = rowsWords(own, { rows: 2, columns: 4 }, 'learned');
		expect(words).toMatch(/learned positions one row apart .* of 0\.600; .* 0\.100\. They know of the rows/);
		expect(rowsWords(own, { rows: 2, columns: 5 }, 'learned')).toMatch(/0\.200; .* 0\.100\. They know/);
		expect(rowsWords(own, { rows: 2, columns: 3 }, 'interpolated')).toMatch(/0\.300; .* 0\.800\. They do not/);
	});

	it('is not told of a single row, or of columns too few to lie between', () => {
		expect(rowsWords(own, { rows: 1, columns: 4 }, 'learned')).toBe('');
		expect(rowsWords(own, { rows: 4, columns: 2 }, 'learned')).toBe('');
		expect(rowsWords([], { rows: 4, columns: 4 }, 'learned')).toBe('');
	});
});
