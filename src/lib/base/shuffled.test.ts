import { describe, expect, it } from 'vitest';
import { shuffled, uniform } from './shuffled';

describe('a seeded shuffle', () => {
	it('names each once, the same for a seed, another for another', () => {
		const order = shuffled(49, 1);
		expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 49 }, (_, i) => i));
		expect(shuffled(49, 1)).toEqual(order);
		expect(shuffled(49, 2)).not.toEqual(order);
	});
});

describe('seeded numbers', () => {
	it('lie in [0, 1), are spread evenly, and are the same for a seed', () => {
		const next = uniform(7);
		const values = Array.from({ length: 4000 }, next);
		expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
		expect(values.reduce((a, b) => a + b, 0) / values.length).toBeCloseTo(0.5, 1);
		const again = uniform(7);
		expect(values.slice(0, 3)).toEqual([again(), again(), again()]);
	});
});
