import { expect, it } from 'vitest';
import { brightest, fromFirst, inMiddle } from './brightest';

it('finds the first of the largest', () => {
	expect(brightest(Float32Array.of(0.2, 0.5, 0.5))).toBe(1);
	expect(brightest(Float32Array.of(0))).toBe(0);
});

it('takes the mean of the heads, and the patches alone', () => {
	const data = Float32Array.of(0.5, 0.3, 0.2, 1, 0, 0, 1, 0, 0, 0.1, 0.1, 0.8, 1, 0, 0, 1, 0, 0);
	const a = { data, heads: 2, tokens: 3, prefix: 1, cls: true, rows: 1, columns: 2, patchSize: 16 };
	const row = fromFirst(a);
	expect(row).toHaveLength(2);
	expect(row[0]).toBeCloseTo(0.2, 6);
	expect(row[1]).toBeCloseTo(0.5, 6);
});

it.each([
	[14, 14, 49],
	[4, 4, 4],
	[12, 8, 24],
	[1, 1, 1]
])('the middle quarter of %i x %i has %i patches', (rows, columns, count) => {
	const all = Array.from({ length: rows * columns }, (_, patch) => patch);
	const middle = all.filter((patch) => inMiddle(patch, { rows, columns }));
	expect(middle).toHaveLength(count);
	// As far from the first corner as its centre says: none lies in the outermost row of a grid of more than two.
	if (rows > 2) expect(middle.every((patch) => Math.floor(patch / columns) > 0)).toBe(true);
});
