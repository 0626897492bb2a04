import { describe, expect, it } from 'vitest';
import { random } from '../engine/testing/checkpoint';
import { massMask, SHARE } from './attention-mask';

const maskOf = (weights: readonly number[], share?: number) => [...massMask(weights, share).mask];

describe('the mask of a share of the mass', () => {
	it('takes the largest weights until they hold it', () => {
		const { mask, count, mass } = massMask([1, 4, 2, 3], 0.6);
		expect([...mask]).toEqual([0, 1, 0, 1]);
		expect(count).toBe(2);
		expect(mass).toBeCloseTo(0.7, 12);
	});

	it('holds 60 % unless told otherwise', () => {
		expect(SHARE).toBe(0.6);
		expect(maskOf([1, 5, 4])).toEqual(maskOf([1, 5, 4], 0.6));
		expect(maskOf([1, 6, 3])).toEqual([0, 1, 0]);
	});

	it('takes the first of equal weights', () => {
		expect(maskOf([1, 1, 1, 1], 0.5)).toEqual([1, 1, 0, 0]);
		expect(maskOf([1, 2, 1, 2], 0.6)).toEqual([0, 1, 0, 1]);
	});

	it('takes no patch more where the share is met exactly', () => {
		expect(maskOf([0.5, 0.25, 0.25], 0.5)).toEqual([1, 0, 0]);
	});

	it('takes all that have any weight for all of the mass', () => {
		const weights = [0.1, 0, 0.2, 0.3, 0, 0.7];
		expect(maskOf(weights, 1)).toEqual([1, 0, 1, 1, 0, 1]);
		expect(massMask(weights, 1).mass).toBe(1);
	});

	it('stays between 5 and 100 %', () => {
		const even = Array.from({ length: 100 }, () => 1);
		expect(massMask(even, 0).count).toBe(massMask(even, 0.05).count);
		expect(massMask(even, 0.05).count).toBe(5);
		expect(massMask(even, 7).count).toBe(100);
	});

	it('is empty where there is no mass', () => {
		expect(massMask([0, 0], 0.6)).toEqual({ mask: Uint8Array.of(0, 0), count: 0, mass: 0 });
		expect(massMask([], 0.6)).toEqual({ mask: new Uint8Array(), count: 0, mass: 0 });
	});

	it('counts what is negative or no number as nothing', () => {
		expect(massMask([NaN, 3, -2, 1], 1)).toEqual({ mask: Uint8Array.of(0, 1, 0, 1), count: 2, mass: 1 });
	});

	it('is the smallest that there is, and just over the share: of any weights and any share', () => {
		const next = random(7);
		for (let round = 0; round < 300; round++) {
			const patches = 1 + Math.floor(Math.abs(next()) * 40);
			// Some rounds of few different weights, so that many are equal.
			const weights = Float32Array.from({ length: patches }, () =>
				round % 3 === 0 ? Math.round(3 * Math.abs(next())) : Math.abs(next()) ** 6
			);
			const share = 0.05 + 0.95 * Math.abs(next());
			const { mask, count, mass } = massMask(weights, share);
			const taken = Array.from(weights).filter((_, i) => mask[i] === 1);
			const left = Array.from(weights).filter((_, i) => mask[i] === 0);
			const all = weights.reduce((sum, weight) => sum + weight, 0);
			if (all === 0) continue;
			const heldOf = (some: readonly number[]) => some.reduce((sum, weight) => sum + weight, 0) / all;
			expect(count).toBe(taken.length);
			expect(mass).toBeCloseTo(heldOf(taken), 12);
			expect(mass).toBeGreaterThanOrEqual(share - 1e-12);
			// None that was left out is larger, and without the least of those that were taken it is too little.
			const least = Math.min(...taken);
			expect(Math.max(0, ...left)).toBeLessThanOrEqual(least);
			expect(mass - least / all).toBeLessThan(share + 1e-12);
		}
	});
});
