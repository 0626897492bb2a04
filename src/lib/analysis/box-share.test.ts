import { describe, expect, it } from 'vitest';
import { areaOf, boxBetween, boxShare, keyBox, rankedByShare } from './box-share';

const GRID = { rows: 3, columns: 4 };
/** Sums to 1 with what would lie on CLS. */
const WEIGHTS = [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.11, 0.12];
const WHOLE = { x: 0, y: 0, width: 1, height: 1 };

/** Thousands of points of the picture, each with its patch's weight a point: slow, and shares nothing with the code. */
function byPoints(weights: readonly number[], box: typeof WHOLE): number {
	const fine = 120;
	let sum = 0;
	for (let i = 0; i < fine * GRID.rows; i++)
		for (let j = 0; j < fine * GRID.columns; j++) {
			const [y, x] = [(i + 0.5) / (fine * GRID.rows), (j + 0.5) / (fine * GRID.columns)];
			const isIn = x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
			const weight = weights[Math.floor(i / fine) * GRID.columns + Math.floor(j / fine)] ?? 0;
			if (isIn && !Number.isNaN(weight)) sum += weight / fine ** 2;
		}
	return sum;
}

describe('how much of a line lands in a box', () => {
	it('the whole picture holds all that lies on patches', () => {
		expect(boxShare(WEIGHTS, GRID, WHOLE)).toBeCloseTo(0.78, 12);
	});

	it('whole patches give all, and the box beside them nothing', () => {
		const box = { x: 0.25, y: 1 / 3, width: 0.5, height: 1 / 3 };
		expect(boxShare(WEIGHTS, GRID, box)).toBeCloseTo(0.06 + 0.07, 12);
	});

	it.each([
		{ x: 0.1, y: 0.2, width: 0.35, height: 0.5 },
		{ x: 0.3, y: 0.4, width: 0.05, height: 0.05 },
		{ x: 0.6, y: 0, width: 0.4, height: 1 }
	])('parts of patches count by their area: %o', (box) => {
		expect(boxShare(WEIGHTS, GRID, box)).toBeCloseTo(byPoints(WEIGHTS, box), 4);
	});

	it('attention that is even lands in a box as far as the box goes', () => {
		const box = { x: 0.13, y: 0.2, width: 0.41, height: 0.33 };
		expect(boxShare(new Float32Array(12).fill(1 / 12), GRID, box)).toBeCloseTo(areaOf(box), 6);
	});

	it('what the query cannot see counts as nothing', () => {
		const weights = WEIGHTS.map((weight, i) => (i % 2 ? NaN : weight));
		expect(boxShare(weights, GRID, WHOLE)).toBeCloseTo(0.01 + 0.03 + 0.05 + 0.07 + 0.09 + 0.11, 12);
	});

	it('refuses weights of another grid', () => {
		expect(() => boxShare([1], GRID, WHOLE)).toThrow('3 × 4 patches need as many weights, and got 1.');
	});
});

it('ranks the most first, and of equals the earlier', () => {
	const shares = [
		{ block: 1, head: 0, share: 0.2 },
		{ block: 0, head: 1, share: 0.2 },
		{ block: 0, head: 0, share: 0.1 },
		{ block: 2, head: 2, share: 0.9 }
	];
	expect(rankedByShare(shares).map(({ block, head }) => [block, head])).toEqual([
		[2, 2],
		[0, 1],
		[1, 0],
		[0, 0]
	]);
	expect(shares[0]?.block, 'the list that was given stays as it was').toBe(1);
});

it('a box between any two corners lies in the picture', () => {
	const box = boxBetween({ x: 0.75, y: -0.5 }, { x: 0.25, y: 0.5 });
	expect(box).toEqual({ x: 0.25, y: 0, width: 0.5, height: 0.5 });
});

describe('arrow keys', () => {
	const step = { x: 0.25, y: 0.25 };
	const box = { x: 0.25, y: 0.25, width: 0.5, height: 0.25 };

	it('move a box, and stop at the edge', () => {
		expect(keyBox(box, 'ArrowRight', false, step)).toEqual({ ...box, x: 0.5 });
		expect(keyBox({ ...box, x: 0.5 }, 'ArrowRight', false, step)).toEqual({ ...box, x: 0.5 });
		expect(keyBox(box, 'ArrowUp', false, step)).toEqual({ ...box, y: 0 });
	});

	it('with shift they change its size, which stays at least a step', () => {
		expect(keyBox(box, 'ArrowRight', true, step)).toEqual({ ...box, width: 0.75 });
		expect(keyBox({ ...box, width: 0.75 }, 'ArrowRight', true, step)).toEqual({ ...box, width: 0.75 });
		expect(keyBox(box, 'ArrowUp', true, step)).toEqual({ ...box, height: 0.25 });
	});

	it('a box at the very edge, smaller than a step, grows no further than the picture', () => {
		const narrow = { x: 0.875, y: 0.9375, width: 0.0625, height: 0.0625 };
		expect(keyBox(narrow, 'ArrowRight', true, step)).toEqual({ ...narrow, width: 0.125 });
		expect(keyBox(narrow, 'ArrowDown', true, step)).toEqual(keyBox(narrow, 'ArrowUp', true, step));
		expect(keyBox(narrow, 'ArrowLeft', true, step)).toEqual({ ...narrow, width: 0.125 });
	});

	it('other keys are none of its own', () => {
		expect(keyBox(box, 'Enter', false, step)).toBeNull();
	});
});
