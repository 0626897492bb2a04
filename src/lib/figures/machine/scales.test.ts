import { expect, it } from 'vitest';
import { brightest, middleDomain } from './scales';

it('leaves a few outliers out of a map’s scale', () => {
	const values = Float32Array.from({ length: 101 }, (_, i) => (i === 100 ? 1e6 : i));
	expect(middleDomain(values)).toEqual([5, 95]);
});

it('finds the brightest cells of a pattern, of a large one nearly', () => {
	const small = Float32Array.from({ length: 201 }, (_, i) => i / 200);
	expect(brightest(small)).toBeCloseTo(0.995, 5);
	const large = Float32Array.from({ length: 400 * 400 }, (_, i) => (i % 400) / 400);
	expect(brightest(large)).toBeCloseTo(0.9925, 2);
	expect(brightest(Float32Array.of(0.25))).toBe(0.25);
});
