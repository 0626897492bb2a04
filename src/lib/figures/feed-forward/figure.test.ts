import { describe, expect, it } from 'vitest';
import { prefixTokens, tokenCount } from '../../engine/vit/config';
import { columnAt, rowAt } from '../../analysis/linear';
import { stageMap, stageOf } from '../../engine/swin/config';
import { madeUpRun, madeUpSwinRun, relativeDifference, smallRun } from '../kit/testing';
import { EVERY_KIND } from '../../engine/testing/kinds';
import { bendOf } from './bend';
import { feedForward, layersOf } from './alone';
import { namesOf, partOf } from './part';
import { readOf } from '../kit/ways';
import { percent } from '../../marks/numbers';
import { figure } from './figure';
import { choiceFor, on } from './reveal';
import { wayOf } from './token';
import { countIn, productsOf, runningSum, splitOf, strongest, unitMap } from './units';

describe('the attributes', () => {
	it('make a full state without any', () => {
		const state = { block: 0, view: 'layers', token: 'cls', unit: 'strongest', part: 'reads', near: false };
		expect(figure.parse({})).toEqual(state);
		expect(figure.parse({ unit: 'strongest' })).toEqual(state);
	});

	it('are read, and unknown ones refused', () => {
		expect(figure.parse({ unit: '7', part: 'writes', near: 'on' })).toMatchObject({
			unit: 7,
			part: 'writes',
			near: true
		});
		expect(() => figure.parse({ unit: 'best' })).toThrow(/unit/);
		expect(() => figure.parse({ neuron: '1' })).toThrow(/neuron/);
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

describe.each(EVERY_KIND)('against the engine, of %s', (_, files) => {
	const run = (block: number) => madeUpRun((config) => figure.taps(config, { ...figure.parse({}), block }), files);

	it('one token alone gives what it gives among all the others', async () => {
		const { config, tap } = await run(1);
		const part = partOf(config, 1);
		const layers = layersOf(tap, part);
		const { input, out } = namesOf(part);
		for (let token = 0; token < tokenCount(config); token++) {
			const ours = feedForward(rowAt(tap(input).data, config.dim, token), layers, part);
			expect(relativeDifference(ours, rowAt(tap(out).data, config.dim, token))).toBeLessThan(1e-5);
		}
	});

	it('a unit is its bias and its products, the curve, and the value where it has a gate', async () => {
		const { config, tap } = await run(99);
		const unit = config.mlpDim - 1;
		const token = 2;
		const part = partOf(config, 99);
		const way = wayOf(tap, part, token, layersOf(tap, part));
		const products = productsOf(way.input, columnAt(way.fc1.weight, way.fc1.bias.length, unit));
		const sum = runningSum(products, way.fc1.bias[unit] ?? NaN).at(-1) ?? NaN;
		expect(sum).toBeCloseTo(way.hidden[unit] ?? NaN, 5);
		const active = bendOf(config).at(sum) * (way.value?.[unit] ?? 1);
		expect(active).toBeCloseTo(way.active[unit] ?? NaN, 5);
		const all = tap(namesOf(part).active).data;
		const prefix = prefixTokens(config);
		expect(unitMap(all, unit, config.mlpDim, prefix)).toHaveLength(16);
		expect(unitMap(all, unit, config.mlpDim, 1)[token - 1]).toBeCloseTo(active, 5);
	});

	it('shows of the curve what the engine had', async () => {
		const { config, tap } = await madeUpRun((of) => figure.taps(of, figure.parse({ view: 'bend' })), files);
		const { hidden, active } = namesOf(partOf(config, 0));
		expect(tap(hidden).shape).toEqual(tap(active).shape);
		expect(config.mlp === 'swiglu').toBe(hidden.endsWith('gate'));
	});
});

describe('of a Swin', () => {
	const state = figure.parse({});
	const run = (block: number) => madeUpSwinRun((config) => readOf(figure, { ...state, block }, config)?.names ?? []);

	it.each([
		[0, 'stages.0.blocks.0', 0],
		[3, 'stages.1.blocks.1', 1],
		[99, 'stages.2.blocks.1', 2]
	])('one token of block %i gives alone what the engine made of all', async (block, name, at) => {
		const { config, tap } = await run(block);
		const part = partOf(config, block);
		const { dim, mlpDim } = stageOf(config, at);
		expect(part).toMatchObject({ block: name, dim, mlpDim });
		const { rows, columns } = stageMap(config, at);
		const layers = layersOf(tap, part);
		for (let token = 0; token < rows * columns; token++) {
			const way = wayOf(tap, part, token, layers);
			expect(relativeDifference(feedForward(way.input, way, part), way.out)).toBeLessThan(1e-5);
		}
		expect(unitMap(tap(namesOf(part).active).data, 0, part.mlpDim, 0)).toHaveLength(rows * columns);
	});

	it('the last of its taps is what each view is about', async () => {
		const { config } = await madeUpSwinRun(() => []);
		const last = (view: string) => readOf(figure, figure.parse({ view, block: '2' }), config)?.names.at(-1);
		expect(last('layers')).toBe('stages.1.blocks.0.mlp.pre_gelu');
		expect(last('bend')).toBe('stages.1.blocks.0.mlp.post_gelu');
		expect(last('unit')).toBe('parameters.stages.1.blocks.0.fc1.weight');
	});
});

describe('the curve', () => {
	it.each([
		['gelu', 'erf'],
		['gelu', 'tanh'],
		['gelu', 'sigmoid'],
		['swiglu', 'erf']
	] as const)('of %s by %s is nearly straight beyond its reach, and no lower than said', (mlp, gelu) => {
		const { at, reach, depth } = bendOf({ mlp, gelu });
		expect(Math.abs(at(-reach))).toBeLessThan(0.003);
		expect(Math.abs(at(reach) - reach)).toBeLessThan(0.003);
		const least = Math.min(...Array.from({ length: 1600 }, (_, i) => at(-reach + i / 100)));
		expect(-least).toBeGreaterThan(depth - 0.005);
		expect(-least).toBeLessThan(depth + 0.0005);
	});
});

describe('how many hidden values are let through', () => {
	it('is counted over all tokens of the block', async () => {
		const { config, tap } = await madeUpRun((of) => on.taps(of));
		const values = [...tap('blocks.1.mlp.pre_gelu').data];
		const share = values.filter((value) => value > 0).length / values.length;
		const { choice, sentence } = await on.answer(smallRun(config), tap);
		expect([choice, sentence]).toEqual([choiceFor(share), expect.stringContaining(percent(share))]);
	});

	it('falls into one of the three choices', () => {
		expect([0, 0.249, 0.25, 0.499, 0.5, 1].map(choiceFor)).toEqual([0, 0, 1, 1, 2, 2]);
	});
});
