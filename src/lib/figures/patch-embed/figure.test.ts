import { describe, expect, it } from 'vitest';
import { PLAIN_VIT, type ViTConfig } from '../../engine/vit/config';
import type { SwinConfig } from '../../engine/swin/config';
import { tapSpecs, parameterSpecs } from '../../engine/families';
import type { TapData } from '../../engine/tap';
import type { FigureRun } from '../figure';
import { swinConfigWith } from '../../engine/testing/swin-config';
import { wholePhoto } from '../../engine/whole-photo';
import { projectionSizes } from '../kit/projection';
import { readOf } from '../kit/ways';
import { contenders, patchOf, figure, VIEWS } from './figure';

const config: ViTConfig = {
	family: 'vit',
	...PLAIN_VIT,
	imageSize: [4, 6],
	patchSize: 2,
	channels: 1,
	depth: 1,
	heads: 1,
	dim: 2,
	mlpDim: 4,
	qkvBias: true,
	layerNormEps: 1e-6,
	classes: 3,
	positions: { grid: [2, 3], prefix: 1, resampling: 'plain' },
	preprocess: wholePhoto([4, 6])
};

describe('the state that a step asks for', () => {
	it('is one product, of the patch in the middle, when it asks for nothing', () => {
		const state = figure.parse({});
		expect(state).toEqual({ view: 'product', patch: null, feature: 0, step: null, scale: 'own' });
		expect(patchOf(config, state)).toBe(4);
	});

	it('is what it says otherwise', () => {
		expect(figure.parse({ view: 'filters', patch: '3', feature: '12', step: '5', scale: 'shared' })).toEqual({
			view: 'filters',
			patch: 3,
			feature: 12,
			step: 5,
			scale: 'shared'
		});
		expect(figure.parse({ step: 'all' }).step).toBeNull();
	});

	it.each([[{ view: 'other' }], [{ patch: '-1' }], [{ feature: '1.5' }], [{ step: '' }], [{ colour: 'red' }]])(
		'is refused when it is unknown: %o',
		(attributes) => {
			expect(() => figure.parse(attributes)).toThrow(`'${Object.keys(attributes)[0] ?? ''}'`);
		}
	);

	it('never shows a patch that the model does not have', () => {
		expect(patchOf(config, { patch: 900 })).toBe(5);
	});
});

describe('the taps', () => {
	it.each(VIEWS)('of %s are intermediates or parameters of the model', (view) => {
		const known = tapSpecs(config).map(({ name }) => name);
		const names = figure.taps(config, { ...figure.parse({}), view });
		expect(
			names.filter((name) => !known.includes(name) && !/^parameters\.patch_embed\.(weight|bias)$/.test(name))
		).toEqual([]);
	});
});

describe('of a Swin', () => {
	const first = { depth: 1, heads: 1, dim: 6, mlpDim: 8, window: 2 };
	const swin = swinConfigWith({ imageSize: [8, 12], patchSize: 2, stages: [first, { ...first, dim: 12 }] });
	const taps = (config: SwinConfig, view: string) => readOf(figure, figure.parse({ view }), config)?.names ?? null;

	it('the projection into its first stage is drawn', () => {
		expect(projectionSizes(swin).dim).toBe(6);
		const known = [...tapSpecs(swin), ...parameterSpecs(swin)].map(({ name }) => name);
		for (const view of ['product', 'filters', 'components']) {
			expect(taps(swin, view)?.length).toBeGreaterThan(0);
			expect(taps(swin, view)?.filter((name) => !known.includes(name))).toEqual([]);
		}
	});

	it('neither sizes with a whole attention matrix nor patches that are filled up are', () => {
		expect(taps(swin, 'shapes')).toBeNull();
		expect(taps({ ...swin, imageSize: [8, 13] }, 'product')).toBeNull();
	});
});

/** Six patches of four pixels. The third has most contrast, the fifth is brightest, the first is flat. */
const patches = [
	[1, 1, 1, 1],
	[0, 2, 0, 1],
	[-9, 9, -9, 9],
	[2, 1, 2, 1],
	[5, 6, 5, 6],
	[0, 1, 0, 1]
];
const embedded = [3, 4, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0];
const tap = (name: string): TapData => {
	const data = name === 'patches' ? patches.flat() : embedded;
	return { name, shape: [1, 6, data.length / 6], axes: ['batch', 'patch', 'x'], data: Float32Array.from(data) };
};

describe('the prediction', () => {
	it('sets three different patches against each other', () => {
		expect(contenders(tap)).toEqual([
			{ patch: 2, length: 1 },
			{ patch: 4, length: 2 },
			{ patch: 0, length: 5 }
		]);
	});

	it.each([
		[1, '1 patch'],
		[2, '2 patches']
	])('has no answer where there are not three: %i', async (count, words) => {
		const few = (name: string): TapData => {
			const { data, shape } = tap(name);
			const width = shape[2] ?? 0;
			return { ...tap(name), shape: [1, count, width], data: data.subarray(0, count * width) };
		};
		const verdict = await figure.reveals?.['longest']?.answer({ model: { config } } as FigureRun, few);
		expect(verdict?.choice).toBeNull();
		expect(verdict?.sentence).toBe(`This model cuts the photo into ${words}, and three are compared here.`);
	});

	it('is answered by the lengths on this photo, of a Swin as well', async () => {
		const run = { model: { config } } as FigureRun;
		const longest = figure.reveals?.['longest'];
		const verdict = await longest?.answer(run, tap);
		const swin = swinConfigWith({ imageSize: [4, 6], patchSize: 2, stages: [] });
		expect(longest?.answer({ model: { config: swin } } as unknown as FigureRun, tap)).toEqual(verdict);
		expect(verdict?.choice).toBe(2);
		expect(verdict?.sentence).toContain('5.00 for the patch with the flattest colour (row 1, column 1)');
		expect(verdict?.sentence).toContain('2.00 for the patch with the brightest pixels (row 2, column 2)');
	});
});
