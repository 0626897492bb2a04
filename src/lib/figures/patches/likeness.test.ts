import { describe, expect, it } from 'vitest';
import { random } from '../../engine/testing/checkpoint';
import { likenessOf } from './likeness';

const next = random(11);
const GRID = { rows: 3, columns: 4 };
const WIDTH = 5;
const patches = Float32Array.from({ length: 12 * WIDTH }, next);

/** Root mean squared difference over all pairs that are wanted, one by one. */
function naive(wanted: (a: number, b: number) => boolean): number {
	const squares: number[] = [];
	for (let a = 0; a < 12; a++) {
		for (let b = 0; b < 12; b++) {
			if (a === b || !wanted(a, b)) continue;
			for (let i = 0; i < WIDTH; i++)
				squares.push(((patches[a * WIDTH + i] ?? 0) - (patches[b * WIDTH + i] ?? 0)) ** 2);
		}
	}
	return Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / squares.length);
}

describe('likenessOf', () => {
	const likeness = likenessOf(patches, WIDTH, GRID);

	it('compares neighbours of one row', () => {
		const expected = naive((a, b) => b === a + 1 && Math.floor(a / 4) === Math.floor(b / 4));
		expect(likeness.right).toBeCloseTo(expected, 6);
	});

	it('compares neighbours of one column', () => {
		expect(likeness.below).toBeCloseTo(
			naive((a, b) => b === a + 4),
			6
		);
	});

	it('compares every patch with every other', () => {
		expect(likeness.any).toBeCloseTo(
			naive(() => true),
			5
		);
	});

	it('is nothing where there is nothing to compare', () => {
		expect(likenessOf(new Float32Array(WIDTH), WIDTH, { rows: 1, columns: 1 })).toEqual({ right: 0, below: 0, any: 0 });
	});
});
