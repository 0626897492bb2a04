import { describe, expect, it } from 'vitest';
import { gelu } from '../../analysis/gelu';
import { tokenCount } from '../../engine/config';
import { columnAt, rowAt } from '../../analysis/linear';
import { relativeDifference, madeUpRun } from '../testing';
import { feedForward, layersOf } from './alone';
import { namesOf, stage } from './stage';
import { countIn, productsOf, runningSum, splitOf, strongest, unitMap } from './units';

describe('the attributes', () => {
	it('make a full state without any', () => {
		const state = { block: 0, view: 'layers', token: 0, unit: 'strongest', part: 'reads', near: false };
		expect(stage.parse({})).toEqual(state);
		expect(stage.parse({ unit: 'strongest' })).toEqual(state);
	});

	it('are read, and unknown ones refused', () => {
		expect(stage.parse({ unit: '7', part: 'writes', near: 'on' })).toMatchObject({
			unit: 7,
			part: 'writes',
			near: true
		});
		expect(() => stage.parse({ unit: 'best' })).toThrow(/unit/);
		expect(() => stage.parse({ neuron: '1' })).toThrow(/neuron/);
	});
});

describe('hidden values', () => {
	it('are split at zero', () => {
		expect(splitOf([-2, 0, 3, 0.5])).toEqual({ positive: 2, negative: 2, least: -2, most: 3 });
	});

	it('are counted in bins, the last of which holds its end', () => {
		expect(countIn([0, 0.4, 0.5, 1, 1.1, -0.1], 0, 1, 2)).toEqual([2, 2]);
	});

	it('are ranked by how active they are', () => {
		expect(strongest([0.1, 3, -0.1, 2], 2)).toEqual([1, 3]);
	});
});

describe('one unit', () => {
	it('adds its products to its bias, one after the other', () => {
		const products = productsOf(Float32Array.of(1, 2, 3), Float32Array.of(0.5, -1, 2));
		expect([...products]).toEqual([0.5, -2, 6]);
		expect([...runningSum(products, 10)]).toEqual([10, 10.5, 8.5, 14.5]);
	});

	it('has a value at each patch, and CLS is none', () => {
		expect([...unitMap(Float32Array.of(9, 9, 1, 2, 3, 4), 1, 2, 1)]).toEqual([2, 4]);
	});
});

describe('against the engine', () => {
	const run = (block: number) => madeUpRun((sizes) => stage.taps(sizes, { ...stage.parse({}), block }));

	it('one token alone gives what it gives among all the others', async () => {
		const { config, tap } = await run(1);
		const { fc1, fc2 } = layersOf(tap, 1);
		const { input, out } = namesOf(1);
		for (let token = 0; token < tokenCount(config); token++) {
			const ours = feedForward(rowAt(tap(input).data, config.dim, token), fc1, fc2);
			expect(relativeDifference(ours, rowAt(tap(out).data, config.dim, token))).toBeLessThan(1e-5);
		}
	});

	it('a unit is its bias and its products, then GELU', async () => {
		const { config, tap } = await run(99);
		const { input, hidden, active, fc1 } = namesOf(config.depth - 1);
		const unit = config.mlpDim - 1;
		const token = 2;
		const products = productsOf(
			rowAt(tap(input).data, config.dim, token),
			columnAt(tap(fc1.weight).data, config.mlpDim, unit)
		);
		const sum = runningSum(products, tap(fc1.bias).data[unit] ?? NaN).at(-1) ?? NaN;
		expect(sum).toBeCloseTo(rowAt(tap(hidden).data, config.mlpDim, token)[unit] ?? NaN, 5);
		expect(gelu(sum)).toBeCloseTo(rowAt(tap(active).data, config.mlpDim, token)[unit] ?? NaN, 5);
		expect(unitMap(tap(active).data, unit, config.mlpDim, 1)[token - 1]).toBeCloseTo(gelu(sum), 5);
	});
});
