import { describe, expect, it } from 'vitest';
import { tokenCount } from '../../engine/vit/config';
import { blockAt } from '../kit/blocks';
import { relativeDifference, madeUpRun, madeUpSwinRun } from '../kit/testing';
import { momentsOf, rescale, standardise, type Table } from './normalise';
import { readOf } from '../kit/ways';
import { figure } from './figure';

/** Two tokens of three features. */
const TABLE: Table = { data: Float32Array.of(1, 2, 3, 5, 5, 8), tokens: 2, features: 3 };

describe('the attributes', () => {
	it('make a full state without any', () => {
		expect(figure.parse({})).toEqual({ block: 0, method: 'layer', shown: 'before', token: 'cls', feature: 0 });
	});

	it('are read, and unknown ones refused', () => {
		expect(figure.parse({ method: 'batch', shown: 'standard', feature: '7' })).toMatchObject({
			method: 'batch',
			shown: 'standard',
			feature: 7
		});
		expect(() => figure.parse({ method: 'group' })).toThrow(/method/);
		expect(() => figure.parse({ colour: 'red' })).toThrow(/colour/);
	});
});

describe('mean and variance', () => {
	it('are of each token over its features in layer norm', () => {
		const { mean, variance } = momentsOf(TABLE, 'features');
		expect([...mean]).toEqual([2, 6]);
		expect(variance[0]).toBeCloseTo(2 / 3);
		expect(variance[1]).toBeCloseTo(2);
	});

	it('are of each feature over the tokens in batch norm', () => {
		const { mean, variance } = momentsOf(TABLE, 'tokens');
		expect([...mean]).toEqual([3, 3.5, 5.5]);
		expect([...variance]).toEqual([4, 2.25, 6.25]);
	});

	it('become 0 and 1 along the same axis, and not along the other', () => {
		for (const [over, other] of [
			['features', 'tokens'],
			['tokens', 'features']
		] as const) {
			const standard = standardise(TABLE, over, 0, momentsOf(TABLE, over));
			const along = momentsOf(standard, over);
			along.mean.forEach((mean) => expect(mean).toBeCloseTo(0, 6));
			along.variance.forEach((variance) => expect(variance).toBeCloseTo(1, 6));
			expect(momentsOf(standard, other).mean.some((mean) => Math.abs(mean) > 0.1)).toBe(true);
		}
	});
});

describe('against the engine', () => {
	it.each([0, 1, 99])('gain and bias on the standardised input are norm1 of block %i', async (block) => {
		const state = { ...figure.parse({}), block };
		const { config, tap } = await madeUpRun((sizes) => figure.taps(sizes, state));
		const [input = '', gain = '', bias = '', norm = ''] = figure.taps(config, state);
		const table = { data: tap(input).data, tokens: tokenCount(config), features: config.dim };
		const standard = standardise(table, 'features', config.layerNormEps, momentsOf(table, 'features'));
		const ours = rescale(standard, tap(gain).data, tap(bias).data);
		expect(relativeDifference(ours.data, tap(norm).data)).toBeLessThan(1e-5);
		expect(relativeDifference(standard.data, tap(norm).data)).toBeGreaterThan(0.01);
	});

	it.each([0, 1, 2, 99])('and so they are of block %i of a Swin, which is in focus', async (wanted) => {
		const state = { ...figure.parse({}), block: wanted };
		const { config, tap } = await madeUpSwinRun((sizes) => readOf(figure, state, sizes)?.names ?? []);
		const { stem, input, dim } = blockAt(config, wanted);
		const { data } = tap(input);
		const table = { data, tokens: data.length / dim, features: dim };
		const standard = standardise(table, 'features', config.layerNormEps, momentsOf(table, 'features'));
		const [gain, bias] = ['weight', 'bias'].map((name) => tap(`parameters.${stem}.norm1.${name}`).data);
		const ours = rescale(standard, gain ?? new Float32Array(), bias ?? new Float32Array());
		expect(relativeDifference(ours.data, tap(`${stem}.norm1`).data)).toBeLessThan(1e-5);
		expect(readOf(figure, state, config)?.names.at(-1)).toBe(`${stem}.norm1`);
	});
});
