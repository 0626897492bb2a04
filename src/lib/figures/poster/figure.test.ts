import { describe, expect, it } from 'vitest';
import { attentionOf, meanOverHeads, rowOf } from '../../analysis/attention';
import { EVERY_KIND } from '../../engine/testing/kinds';
import { weightPercent } from '../../marks/numbers';
import { madeUpRun, smallRun } from '../kit/testing';
import { cellsFor } from './draw';
import { figure } from './figure';
import { posterOf, posterWords } from './poster';

const parts = figure.parse({});

describe('the figure', () => {
	it('takes no attributes', () => {
		expect(parts).toEqual({});
		expect(() => figure.parse({ view: 'all' })).toThrow("'view' is not an attribute");
	});
});

describe.each(EVERY_KIND)('the poster of %s', (_, files) => {
	const made = madeUpRun((config) => figure.taps(config, parts), files);

	it('has in its maps what the run’s taps have', async () => {
		const { config, tap } = await made;
		const run = smallRun(config);
		const poster = posterOf(run, tap);
		const layers = Array.from({ length: config.depth }, (_, i) => attentionOf(tap(`blocks.${i}.attn.pattern`), config));
		expect(poster.blocks).toHaveLength(config.depth);
		for (const [block, layer] of layers.entries()) {
			const mean = meanOverHeads(layer);
			const queries = config.cls ? [0] : [...Array(mean.tokens).keys()];
			const first = queries.reduce((sum, query) => sum + (rowOf(mean, 0, query)[mean.prefix] ?? 0), 0) / queries.length;
			expect(poster.blocks[block]?.values[0]).toBeCloseTo(first, 6);
			expect(poster.blocks[block]?.values).toHaveLength(poster.rows * poster.columns);
		}
		const first = tap('patch_embed').data.subarray(0, config.dim);
		expect(poster.lengths.values[0]).toBeCloseTo(Math.hypot(...first), 4);
	});

	it('lays one block’s map over the photo, and says its numbers', async () => {
		const { config, tap } = await made;
		const poster = posterOf(smallRun(config), tap);
		const block = poster.blocks[Number(/block (\d+)$/.exec(poster.over.title)?.[1]) - 1];
		expect(poster.over.values).toEqual(block?.values);
		expect(poster.over.sentence).toContain(weightPercent(Math.max(...poster.over.values)));
		expect(posterWords(poster).join(' ')).not.toMatch(/NaN|undefined|Infinity/);
	});
});

describe('the blocks’ maps', () => {
	it.each([1, 2, 6, 12, 24, 40])('are as large as their part of the sheet allows: %i', (maps) => {
		const { columns, side } = cellsFor(maps);
		const rows = Math.ceil(maps / columns);
		expect(columns * side + (columns - 1) * 12).toBeLessThanOrEqual(930);
		expect(rows * (side + 24) + (rows - 1) * 12).toBeLessThanOrEqual(340);
		expect(side).toBeGreaterThan(30);
	});
});
