import { describe, expect, it } from 'vitest';
import { dot } from '../../analysis/linear';
import { LIMIT, movedBy, placed, TOY, toySteps, withArrow } from './toy';

describe('the toy’s arithmetic', () => {
	const steps = toySteps(TOY);

	it('is what one gets by hand', () => {
		// 2 × 2.5 + 1 × (−0.5), 2 × 0.5 + 1 × 2, 2 × (−1.5) + 1 × 1
		expect(steps.products).toEqual([4.5, 3, -2]);
		expect(steps.scores.map((score) => score * Math.sqrt(2))).toEqual([4.5, 3, -2].map((x) => expect.closeTo(x, 12)));
		const powers = [4.5, 3, -2].map((product) => Math.exp(product / Math.sqrt(2)));
		const total = powers.reduce((sum, power) => sum + power, 0);
		expect(steps.shares).toEqual(powers.map((power) => expect.closeTo(power / total, 12)));
		expect(steps.sum).toBeCloseTo(dot([10, 4, -6], powers) / total, 12);
	});

	it('has shares that make one whole, wherever the arrows are', () => {
		const moved = toySteps(withArrow(withArrow(TOY, -1, [0, 0]), 2, [3, -3]));
		expect(moved.shares).toEqual([1, 1, 1].map(() => expect.closeTo(1 / 3, 12)));
		expect(moved.shadows).toEqual([0, 0, 0].map(() => [0, 0]));
	});

	it('throws shadows that are products: their length times the query’s', () => {
		const length = Math.hypot(...TOY.query);
		steps.shadows.forEach((shadow, i) => {
			const along = (shadow[0] * TOY.query[0] + shadow[1] * TOY.query[1]) / length;
			expect(along * length).toBeCloseTo(steps.products[i] ?? NaN, 12);
			// What falls does so at a right angle to the query.
			const [x = 0, y = 0] = TOY.keys[i] ?? [];
			expect((x - shadow[0]) * TOY.query[0] + (y - shadow[1]) * TOY.query[1]).toBeCloseTo(0, 12);
		});
	});
});

describe('an arrow', () => {
	it('moves in tenths, and no further than the picture', () => {
		expect(placed([0.849, -0.04])).toEqual([0.8, 0]);
		expect(placed([99, -99])).toEqual([LIMIT, -LIMIT]);
		expect(movedBy([0.1, 0.2], 'ArrowLeft')).toEqual([0, 0.2]);
		expect(movedBy([0.1, 0.2], 'ArrowUp')).toEqual([0.1, 0.3]);
		expect(movedBy([LIMIT, 0], 'ArrowRight')).toEqual([LIMIT, 0]);
		expect(movedBy([0, 0], 'ArrowDown')).toEqual([0, -0.1]);
		expect(movedBy([0, 0], 'Enter')).toBeNull();
	});

	it('is the query’s or a key’s', () => {
		expect(withArrow(TOY, -1, [1, 1])).toEqual({ ...TOY, query: [1, 1] });
		expect(withArrow(TOY, 1, [1, 1]).keys).toEqual([TOY.keys[0], [1, 1], TOY.keys[2]]);
	});
});
