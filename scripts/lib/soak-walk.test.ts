import { describe, expect, it } from 'vitest';
import { soakWalk, type SoakStep } from './soak-walk';

const steps = (seed: number, photos: number): SoakStep[] => soakWalk(seed, photos).flatMap((leg) => leg.steps);
const countOf = (all: readonly SoakStep[], kind: SoakStep['do']) => all.filter((step) => step.do === kind).length;

describe('the walk of a soak', () => {
	it('is the same for one seed, and another for another', () => {
		expect(soakWalk(7, 60)).toEqual(soakWalk(7, 60));
		expect(soakWalk(8, 60)).not.toEqual(soakWalk(7, 60));
	});

	it('brings as many photos as it was told, bad ones among them, and has one in twenty checked', () => {
		for (const seed of [1, 2, 3]) {
			const all = steps(seed, 100);
			expect(countOf(all, 'photo') + countOf(all, 'bad')).toBe(100);
			expect(countOf(all, 'bad')).toBeGreaterThan(5);
			expect(all.filter((step) => step.do === 'photo' && step.check)).toHaveLength(5);
		}
	});

	it('does all that can be done, on every backend', () => {
		const legs = soakWalk(1, 1000);
		expect(new Set(legs.map(({ backend }) => backend))).toEqual(new Set(['wasm', 'webgl', 'cpu']));
		const kinds = new Set(legs.flatMap((leg) => leg.steps.map((step) => step.do)));
		expect(kinds).toEqual(new Set(['photo', 'bad', 'model', 'page', 'edit', 'lose']));
	});

	it('makes no good photo that is too small or too long', () => {
		const sizes = steps(4, 1000).flatMap((step) => (step.do === 'photo' ? [step.picture] : []));
		for (const { width, height } of sizes) {
			expect(Math.min(width, height)).toBeGreaterThanOrEqual(16);
			expect(Math.max(width, height) / Math.min(width, height)).toBeLessThanOrEqual(20);
		}
	});
});
