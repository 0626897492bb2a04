import { expect, it } from 'vitest';
import { areaUnder, keepPatches, orderOf, patchesLeft } from './faithfulness';

const order = Array.from({ length: 196 }, (_, i) => (i * 5 + 3) % 196);

it('orders patches by a map, the first of equal ones first', () => {
	expect(orderOf(Float32Array.of(0.1, 0.7, -1, 0.7))).toEqual([1, 3, 0, 2]);
});

it('takes tenths away, or puts them in, rounded', () => {
	const deleted = patchesLeft(order, 'deletion');
	expect(deleted.map((left) => 196 - left.length)).toEqual([0, 20, 39, 59, 78, 98, 118, 137, 157, 176]);
	const inserted = patchesLeft(order, 'insertion');
	expect(inserted.map(({ length }) => length)).toEqual([20, 39, 59, 78, 98, 118, 137, 157, 176, 196]);
	for (const [i, left] of deleted.entries()) {
		const together = [...left, ...(inserted[i - 1] ?? [])];
		expect(together.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 196 }, (_, patch) => patch));
	}
	expect(inserted[0]).toEqual(order.slice(0, 20).toSorted((a, b) => a - b));
});

it('leaves one patch of few', () => {
	expect(patchesLeft([2, 0, 1], 'deletion', 10).at(-1)).toEqual([1]);
	expect(patchesLeft([2, 0, 1], 'insertion', 10)[0]).toEqual([2]);
});

it('keeps what stands before the patches', () => {
	expect(keepPatches([0, 7], 2)).toEqual({ tap: 'embeddings', do: 'keep', tokens: [0, 1, 2, 9] });
});

it('measures areas by trapezoids', () => {
	expect(areaUnder([1, 1, 1])).toBe(1);
	expect(areaUnder([1, 0, 0.5])).toBe(0.375);
	expect(areaUnder([0.25])).toBe(0.25);
	expect(areaUnder([])).toBeNaN();
});
