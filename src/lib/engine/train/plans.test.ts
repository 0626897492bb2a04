import { describe, expect, it } from 'vitest';
import { parameterSpecs, tapSpecs } from '../families';
import { apart } from './beside';
import { productsOf } from './cost';
import type { ViTPlan } from './contract';
import { initialParameters } from './initial';
import { configOf, learnedCount, sizeOf } from './plans';
import { SIDES, smallPlan, SMALL_CNN, SOURCE_VIT } from './presets';
import { CNN, PLANS, VIT } from './testing/plans';

describe('the small networks', () => {
	it.each([2, 4, 9])('have as many parameters, within 5 %%, for %i classes', (classes) => {
		const [vit, cnn] = [learnedCount(smallPlan('vit', classes)), learnedCount(smallPlan('cnn', classes))];
		expect(Math.abs(vit / cnn - 1)).toBeLessThan(0.05);
		expect(Math.max(vit, cnn)).toBeLessThan(100_000);
	});

	it.each(SIDES)('have so at %i px, too, where the ViT has 64 patches still', (size) => {
		for (const distilled of [false, true])
			for (const classes of [2, 4, 9, 37]) {
				const [vit, cnn] = [smallPlan('vit', classes, { size, distilled }), smallPlan('cnn', classes, { size })];
				expect(apart(learnedCount(vit), learnedCount(cnn)), `${classes} classes`).toBeLessThan(0.05);
				expect([vit.size, cnn.size]).toEqual([size, size]);
			}
		const embeddings = tapSpecs(configOf(smallPlan('vit', 4, { size }))).find(({ name }) => name === 'embeddings');
		expect(embeddings?.shape).toEqual([1, 65, 64]);
	});

	it('are those that were recorded where nothing else is asked for', () => {
		for (const classes of [2, 4, 9])
			expect(smallPlan('cnn', classes)).toEqual({ ...SMALL_CNN, widths: [16, 32, 64], classes });
		expect(smallPlan('vit', 4)).toMatchObject({ size: 32, patch: 4 });
	});

	it.each([0, 33, 96, NaN])('are refused for %d px', (size) => {
		expect(() => smallPlan('cnn', 4, { size })).toThrow(
			`Small networks take pictures of 32, 48 or 64 px, not of ${size} px; choose one of these.`
		);
	});

	it('and the source’s are of the sizes that they say', () => {
		const config = configOf(SOURCE_VIT);
		expect(config).toMatchObject({ imageSize: [144, 144], patchSize: 8, dim: 128, depth: 4, classes: 37 });
		expect(tapSpecs(config).find(({ name }) => name === 'embeddings')?.shape).toEqual([1, 325, 128]);
	});
});

describe('what a step costs', () => {
	it('is counted by hand for the smallest networks', () => {
		// 4 patches of 48 numbers, 5 tokens of 8; the block's four matrices, two products of attention, and the head.
		const vit = 4 * 48 * 8 + 5 * (8 * 24 + 8 * 8 + 8 * 16 + 16 * 8) + 2 * 25 * 8 + 8 * 3;
		expect(productsOf(VIT, 2)).toBe(3 * 2 * vit);
		// Maps of 4 x 4 places, then of 2 x 2.
		const first = 16 * (27 * 4 + 36 * 4 + 36 * 4);
		const second = 4 * (36 * 6 + 54 * 6 + 4 * 6);
		expect(productsOf(CNN, 1)).toBe(3 * (first + second + 6 * 3));
	});

	it('is some fifty times as much for the source’s', () => {
		const ratio = productsOf(SOURCE_VIT, 1) / productsOf(smallPlan('vit', 4), 1);
		expect(ratio).toBeGreaterThan(40);
		expect(ratio).toBeLessThan(80);
	});
});

describe('what a network starts from', () => {
	it.each(PLANS)('has every parameter of %s, the same for a seed', (_, plan) => {
		const values = initialParameters(plan, 4);
		for (const { name, shape } of parameterSpecs(configOf(plan))) expect(values.get(name)?.length).toBe(sizeOf(shape));
		expect(initialParameters(plan, 4)).toEqual(values);
		expect(initialParameters(plan, 5)).not.toEqual(values);
	});
});

describe('a plan that no network can be made of', () => {
	it.each<[Partial<ViTPlan>, string]>([
		[{ patch: 3 }, 'Patches of 3 px don’t divide a picture of 8 px; choose a size that they do.'],
		[{ heads: 3 }, '3 heads don’t divide 8 features; choose a number that does.'],
		[
			{ pooling: 'mean', distilled: true },
			'A distillation token stands beside CLS, which a network that reads the mean has not; choose CLS.'
		]
	])('%j says what to change', (change, sentence) => {
		expect(() => configOf({ ...VIT, ...change })).toThrow(sentence);
	});

	it('of a CNN, too', () => {
		expect(() => configOf({ ...CNN, widths: [] })).toThrow(
			'A CNN needs at least one stage; give the channels of each.'
		);
		expect(() => configOf({ ...CNN, widths: [4, 4, 4, 4] })).toThrow(
			'A picture of 8 px can’t be halved 4 times; leave out a stage.'
		);
	});
});
