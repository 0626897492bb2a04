import { describe, expect, it } from 'vitest';
import { filterPixels } from '../../figures/kit/growth/filters';
import { missing, planar } from './own-pictures';
import {
	classNames,
	cnnPlan,
	currentSetup,
	differsIn,
	HEADS,
	keepsCnn,
	NOTEBOOK,
	ordersOf,
	recipeOf,
	SIZES,
	timesUsual,
	USUAL,
	vitPlan,
	type Setup
} from './setup';
import { configOf, learnedCount } from '../../engine/train/plans';

/** Every way in which a ViT can be changed, at every size. */
function everySetup(): Setup[] {
	const both = [true, false];
	const setups = SIZES.flatMap((size) =>
		both.flatMap((positions) =>
			both.flatMap((cls) =>
				both.flatMap((residuals) =>
					both.flatMap((norms) => both.map((dropout) => ({ size, positions, cls, residuals, norms, dropout })))
				)
			)
		)
	);
	return setups.flatMap((setup) =>
		HEADS.flatMap((heads) => (setup.cls ? both : [false]).map((taught) => ({ ...USUAL, ...setup, heads, taught })))
	);
}

/** Of the classes of our own tasks, and of many that a reader has. */
const CLASSES = [2, 4, 9, 37];

describe('a setup', () => {
	it.each(CLASSES)('of %i classes makes two networks of as many parameters, whatever is chosen', (classes) => {
		const all = everySetup();
		expect(all).toHaveLength(SIZES.length * 2 ** 3 * 3 * 2 * (2 + 1));
		for (const setup of all) {
			const [vit, cnn] = [learnedCount(vitPlan(setup, classes)), learnedCount(cnnPlan(setup, classes))];
			const apart = Math.abs(vit - cnn) / Math.min(vit, cnn);
			expect(apart, JSON.stringify(setup)).toBeLessThan(0.05);
		}
	});

	it('has the CNN that was recorded where nothing was changed, and through most changes', () => {
		for (const change of [{}, { cls: false }, { residuals: false }, { norms: false }, { heads: 1 }, { taught: true }])
			expect(cnnPlan({ ...USUAL, ...change }, 4).widths, JSON.stringify(change)).toEqual([16, 32, 64]);
		expect(cnnPlan({ ...USUAL, positions: false }, 4).widths).not.toEqual([16, 32, 64]);
		expect(keepsCnn(USUAL, { heads: 1 }, 4)).toBe(true);
		expect(keepsCnn(USUAL, { positions: false }, 4)).toBe(false);
		expect(keepsCnn(USUAL, { seed: 2 }, 4)).toBe(false);
	});

	it('has 64 patches at each size of ours, and says what a step costs there', () => {
		const patches = SIZES.map((size) => vitPlan({ ...USUAL, size }, 4)).map(({ size, patch }) => (size / patch) ** 2);
		expect(patches).toEqual([64, 64, 64, 324]);
		expect(timesUsual(USUAL, 4)).toEqual({ vit: 1, cnn: 1 });
		// A patch of 64 px has four times the pixels, and nothing else of the ViT is more.
		const { vit, cnn } = timesUsual({ ...USUAL, size: 64 }, 4);
		expect(vit).toBeGreaterThan(1.1);
		expect(vit).toBeLessThan(1.12);
		// Four times the places, and a last stage that is a little wider.
		expect(cnn).toBeGreaterThan(4);
		expect(cnn).toBeLessThan(4.5);
	});

	it('is read as it was kept before sizes were numbers', () => {
		const kept = (size: string) => ({ ...USUAL, size, seed: 3 }) as unknown as Setup;
		expect(currentSetup(kept('small'))).toEqual({ ...USUAL, seed: 3 });
		expect(currentSetup(kept('notebook'))).toEqual({ ...USUAL, size: 144, seed: 3 });
		expect(currentSetup({ size: 48 })).toEqual({ ...USUAL, size: 48 });
	});

	it('has the notebook’s sizes', () => {
		const config = configOf(vitPlan({ ...USUAL, size: NOTEBOOK }, 37));
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
		expect(() => configOf(vitPlan({ ...without, taught: true }, 4))).not.toThrow();
	});

	it('says what it has otherwise', () => {
		expect(differsIn(USUAL)).toBe('as it comes');
		expect(differsIn({ ...USUAL, positions: false, heads: 1, seed: 3 })).toBe('no positions, 1 head, seed 3');
		expect(differsIn({ ...USUAL, size: 48 })).toBe('48 px');
		expect(differsIn({ ...USUAL, size: NOTEBOOK })).toBe('the notebook’s sizes');
	});

	it('orders what a reader brought only once it is there', () => {
		expect(ordersOf({ ...USUAL, task: 'own' }, null, null)).toBeNull();
		expect(classNames({ ...USUAL, task: 'own' }, null)).toEqual([]);
		expect(recipeOf({ ...USUAL, shift: true, mirror: true })).toMatchObject({ shift: 4, mirror: true });
		expect(recipeOf({ ...USUAL, shift: true, size: 64 }).shift).toBe(8);
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
