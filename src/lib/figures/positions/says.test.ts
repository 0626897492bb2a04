import { describe, expect, it } from 'vitest';
import { numbered } from './numbered';
import { numberedWords, rowsWords } from './says';

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

describe('a patch that is told its number', () => {
	it('loses what it looked like to a spread that is the number’s', () => {
		const { sum, alone, together, spreads } = numbered(Float32Array.of(1, -1, 1, -1), 100, 0);
		expect([...sum]).toEqual([101, -1, 1, -1]);
		expect([...alone]).toEqual([1, -1, 1, -1]);
		// Mean 25, variance (76² + 26² + 24² + 26²) / 4.
		expect(spreads).toEqual({ alone: 1, together: Math.sqrt(1926) });
		expect([...together].map((value) => value * Math.sqrt(1926))).toEqual(
			[76, -26, -24, -26].map((x) => expect.closeTo(x, 4))
		);
	});

	it('is said to have lost so much', () => {
		expect(numberedWords({ spreads: { alone: 0.5, together: 5 } }, 100, 196)).toMatch(
			/^Here: patch 100 of 196\. .* is 0\.50 .* and 5\.00 .* shrink to 10 %/
		);
	});
});
