import { describe, expect, it } from 'vitest';
import { shuffled } from './shuffle';
import { cosineMaps, resizeGrid, sineCosine } from './vectors';

describe('positions', () => {
	it('are compared by the cosine of their vectors', () => {
		const maps = cosineMaps(Float32Array.of(2, 0, 0, 3, -1, 0), 2);
		expect([...maps]).toEqual([1, 0, -1, 0, 1, 0, -1, 0, 1]);
	});

	it('of sine and cosine begin with 0 and 1, and are alike by their offset alone', () => {
		const [n, dim] = [12, 8];
		const vectors = sineCosine(n, dim);
		expect([...vectors.subarray(0, 4)]).toEqual([0, 1, 0, 1]);
		expect(vectors[dim]).toBeCloseTo(Math.sin(1), 6);
		const maps = cosineMaps(vectors, dim);
		const pairs = Array.from({ length: n - 3 }, (_, p) => maps[p * n + p + 3] ?? NaN);
		for (const similarity of pairs) expect(similarity).toBeCloseTo(pairs[0] ?? NaN, 5);
		expect(maps[1]).not.toBeCloseTo(maps[3] ?? NaN, 2);
	});

	it('stay as they are at the same size, and lie between their neighbours at a larger one', () => {
		const grid = Float32Array.of(0, 4, 8, 12);
		expect(resizeGrid(grid, 2, 2)).toEqual(grid);
		expect([...resizeGrid(grid, 2, 4).subarray(0, 4)]).toEqual([0, 1, 3, 4]);
		expect([...resizeGrid(grid, 2, 4).subarray(4, 8)]).toEqual([2, 3, 5, 6]);
	});
});

describe('a seeded shuffle', () => {
	it('names each once, the same for a seed, another for another', () => {
		const order = shuffled(49, 1);
		expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 49 }, (_, i) => i));
		expect(shuffled(49, 1)).toEqual(order);
		expect(shuffled(49, 2)).not.toEqual(order);
	});
});
