import { describe, expect, it } from 'vitest';
import { sumOver } from './squares';

describe('sumOver', () => {
	it('leaves a map of the same size as it is', () => {
		const values = Float32Array.from({ length: 6 }, (_, i) => i);
		expect(sumOver({ values, rows: 2, columns: 3 }, { rows: 2, columns: 3 })).toEqual(values);
	});

	it('adds up what lies in one square', () => {
		const values = Float32Array.from({ length: 16 }, (_, i) => i);
		expect([...sumOver({ values, rows: 4, columns: 4 }, { rows: 2, columns: 2 })]).toEqual([10, 18, 42, 50]);
		expect([...sumOver({ values, rows: 2, columns: 8 }, { rows: 1, columns: 2 })]).toEqual([44, 76]);
	});
});
