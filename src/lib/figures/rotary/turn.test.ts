import { describe, expect, it } from 'vitest';
import { random } from '../../engine/testing/checkpoint';
import {
	angleBetween,
	lengthOf,
	longestPair,
	pairOf,
	placeAt,
	product,
	toDegrees,
	toRadians,
	turn,
	wrapped
} from './turn';

const next = random(11);
const arrow = () => [2 * next(), 2 * next()] as const;
const ROUNDS = 200;

describe('a turn', () => {
	it('is from the first axis towards the second', () => {
		const [x, y] = turn([1, 0], Math.PI / 2);
		expect(x).toBeCloseTo(0, 12);
		expect(y).toBeCloseTo(1, 12);
	});

	it('keeps the length, and is undone by its opposite', () => {
		for (let i = 0; i < ROUNDS; i++) {
			const [one, angle] = [arrow(), 9 * next()];
			expect(lengthOf(turn(one, angle))).toBeCloseTo(lengthOf(one), 12);
			turn(turn(one, angle), -angle).forEach((value, axis) => expect(value).toBeCloseTo(one[axis] ?? NaN, 12));
		}
	});

	it('leaves of two places only their difference in the product: of any arrows, places and frequency', () => {
		for (let i = 0; i < ROUNDS; i++) {
			const [query, key, step] = [arrow(), arrow(), 3 * next()];
			const [m, n, both] = [40 * next(), 40 * next(), 40 * next()];
			const there = product(turn(query, m * step), turn(key, n * step));
			expect(product(turn(query, (m + both) * step), turn(key, (n + both) * step))).toBeCloseTo(there, 10);
			expect(product(query, turn(key, (n - m) * step))).toBeCloseTo(there, 10);
		}
	});

	it('does not leave the product as it was when one of the two moves alone', () => {
		expect(product(turn([1, 0], 0), turn([1, 0], 0.5))).toBeLessThan(0.9);
	});

	it('can be read from the arrow before and after it', () => {
		for (let i = 0; i < ROUNDS; i++) {
			const [one, angle] = [arrow(), 9 * next()];
			expect(wrapped(angleBetween(one, turn(one, angle)) - angle)).toBeCloseTo(0, 9);
		}
		expect(angleBetween([0, 0], [0, 0])).toBe(0);
	});
});

it('an angle is brought into one turn', () => {
	expect([0, 1, -1, Math.PI].map(wrapped)).toEqual([0, 1, -1, Math.PI].map((angle) => expect.closeTo(angle, 12)));
	expect(wrapped(-Math.PI)).toBeCloseTo(Math.PI, 12);
	expect(wrapped(7 * Math.PI)).toBeCloseTo(Math.PI, 12);
	expect(wrapped(2 * Math.PI + 0.25)).toBeCloseTo(0.25, 12);
	expect(toDegrees(toRadians(37))).toBeCloseTo(37, 12);
});

describe('pairs', () => {
	it('are half a head apart', () => {
		expect(pairOf([1, 2, 3, 4, 5, 6], 1)).toEqual([2, 5]);
		expect(pairOf([], 0)).toEqual([0, 0]);
	});

	it('are longest where both arrows are long', () => {
		expect(longestPair([9, 1, 2, 0, 1, 2], [0.1, 1, 2, 0, 1, 2])).toBe(2);
		expect(longestPair([], [])).toBe(0);
	});
});

describe('an arrow that is dragged', () => {
	it('takes the place whose turn is nearest', () => {
		expect(placeAt(toRadians(62), toRadians(20), 1, 12)).toBe(3);
		expect(placeAt(toRadians(-100), toRadians(20), 12, 12)).toBe(12);
	});

	it('stays near the place where it is, of those that point the same way', () => {
		// A quarter turn for each place: places 1, 5 and 9 point alike.
		expect([1, 4, 6, 12].map((now) => placeAt(toRadians(88), toRadians(90), now, 12))).toEqual([1, 5, 5, 9]);
	});

	it('stays where it is while places do not turn it', () => {
		expect(placeAt(2, 0, 7, 12)).toBe(7);
	});
});
