import { beforeAll, describe, expect, it } from 'vitest';
import { columnAt, rowAt } from '../../analysis/linear';
import { madeUpRun, type MadeUpRun } from '../kit/testing';
import { filtersOf } from './filters';
import { stepsOf } from './product';
import { figure, VIEWS } from './figure';

let run: MadeUpRun;
beforeAll(async () => {
	run = await madeUpRun();
});

describe('the figure beside the engine', () => {
	it('every feature of every patch is the product that is shown, plus the bias', () => {
		const { config, tap } = run;
		const patches = tap('patches');
		const weight = tap('parameters.patch_embed.weight');
		const [, count = 0, width = 0] = patches.shape;
		for (let patch = 0; patch < count; patch++) {
			for (let feature = 0; feature < config.dim; feature++) {
				const { sums } = stepsOf(rowAt(patches.data, width, patch), columnAt(weight.data, config.dim, feature));
				const bias = tap('parameters.patch_embed.bias').data[feature] ?? NaN;
				const embedded = tap('patch_embed').data[patch * config.dim + feature] ?? NaN;
				expect((sums.at(-1) ?? NaN) + bias).toBeCloseTo(embedded, 5);
			}
		}
	});

	it('a filter is drawn from the weights that it multiplies', () => {
		const { config, tap } = run;
		const { data } = tap('parameters.patch_embed.weight');
		const filters = filtersOf(data, config.dim, config.channels, config.patchSize);
		const size = config.channels * config.patchSize ** 2;
		expect(Array.from(columnAt(data, config.dim, 4))).toEqual(
			Array.from({ length: size }, (_, i) => filters.data[4 * size + i])
		);
	});

	it.each(VIEWS)('%s reads only what there is', (view) => {
		const names = figure.taps(run.config, { ...figure.parse({}), view });
		expect(() => names.map(run.tap)).not.toThrow();
	});
});
