import { describe, expect, it } from 'vitest';
import { filterPixels } from '../../figures/kit/growth/filters';
import { missing, planar } from './own-pictures';
import { classNames, cnnPlan, differsIn, ordersOf, recipeOf, USUAL, vitPlan } from './setup';
import { learnedCount, configOf } from '../../engine/train/plans';

describe('a setup', () => {
	it('makes two networks of as many parameters within 5 %, at both sizes', () => {
		for (const size of ['small', 'notebook'] as const) {
			const setup = { ...USUAL, size };
			const [vit, cnn] = [learnedCount(vitPlan(setup, 4)), learnedCount(cnnPlan(setup, 4))];
			expect(Math.abs(vit - cnn) / Math.max(vit, cnn), size).toBeLessThan(0.05);
		}
	});

	it('has the notebook’s sizes', () => {
		const config = configOf(vitPlan({ ...USUAL, size: 'notebook' }, 37));
		expect(config).toMatchObject({ imageSize: [144, 144], patchSize: 8, dim: 128, depth: 4, classes: 37 });
		expect((144 / 8) ** 2).toBe(324);
	});

	it('takes parts away from the ViT alone', () => {
		const without = { ...USUAL, positions: false, cls: false, residuals: false, norms: false, heads: 1, dropout: true };
		expect(vitPlan(without, 4)).toMatchObject({
			positions: false,
			pooling: 'mean',
			residuals: false,
			norms: false,
			heads: 1,
			dropout: 0.1
		});
		expect(cnnPlan(without, 4)).toEqual(cnnPlan(USUAL, 4));
		expect(() => configOf(vitPlan({ ...without, taught: true }, 4))).not.toThrow();
	});

	it('says what it has otherwise', () => {
		expect(differsIn(USUAL)).toBe('as it comes');
		expect(differsIn({ ...USUAL, positions: false, heads: 1, seed: 3 })).toBe('no positions, 1 head, seed 3');
	});

	it('orders what a reader brought only once it is there', () => {
		expect(ordersOf({ ...USUAL, task: 'own' }, null, null)).toBeNull();
		expect(classNames({ ...USUAL, task: 'own' }, null)).toEqual([]);
		expect(recipeOf({ ...USUAL, shift: true, mirror: true })).toMatchObject({ shift: 4, mirror: true });
	});
});

describe('small pictures', () => {
	it('are of filters on one scale', () => {
		const [one, other] = filterPixels(Float32Array.of(0, 2, -1, 0, 0, 0), 1);
		expect([...(one ?? [])]).toEqual([128, 255, 64, 255]);
		expect([...(other ?? [])]).toEqual([128, 128, 128, 255]);
	});

	it('are of the reader’s photos, colour by colour', () => {
		expect([...planar(Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, 255))]).toEqual([1, 4, 2, 5, 3, 6]);
		expect(missing([])).toContain('two classes');
	});
});
