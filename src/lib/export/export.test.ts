import { tokenGrid } from '../engine/vit/config';
import type { SwinConfig } from '../engine/swin/config';
import { swinConfigWith } from '../engine/testing/swin-config';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { model, photo, result, tap } from '../run/testing';
import { SMALL_CONFIG, TOKENS } from '../engine/testing/small';
import type { NamedArray } from '../views/family';
import { attentionArrays, exportMeta } from './attention';
import { jsonPieces } from './json';
import { npy, npyText } from './npy';
import { npz } from './npz';

/** No test here reads of a run. */
const none = () => Promise.reject(new Error('Nothing is read.'));

async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
	const all: T[] = [];
	for await (const item of items) all.push(item);
	return all;
}

const meta = exportMeta({
	model: model('small'),
	photo: photo('cat.jpg'),
	result: result(1),
	grid: tokenGrid(SMALL_CONFIG)
});

/** Four windows of one token. */
const LAYOUT = {
	map: { rows: 2, columns: 2 },
	rolled: { rows: 2, columns: 2 },
	padded: { rows: 2, columns: 2 },
	window: { rows: 1, columns: 1 },
	shift: { rows: 0, columns: 0 },
	down: 2,
	across: 2,
	count: 4,
	area: 1
} as const;

/** Values that need all of a float32's digits. */
const awkward: NamedArray[] = [0, 1].map((block) => ({
	name: `blocks.${block}.attn.pattern`,
	shape: [1, 2, 100, 100],
	axes: ['batch', 'head', 'query', 'key'],
	data: Float32Array.from({ length: 20_000 }, (_, i) => (block + 1) / (i * 3.7 + 1))
}));

describe('exports', () => {
	it('say which model, which tokens and which part of the photo', () => {
		expect(meta).toMatchObject({
			names: 2,
			model: 'small',
			photo: 'cat.jpg',
			grid: { rows: 2, columns: 3, patchSize: 4 },
			crop: { x: 0, y: 0, width: 12, height: 8 },
			axes: ['batch', 'head', 'query', 'key'],
			counting: expect.stringContaining('from 0 in this file'),
			top: [{ index: 1, label: 'b', score: 0.5 }]
		});
	});

	it.each([
		[{}, '0 is CLS; the patches follow from 1, row by row'],
		[{ registers: 1 }, '0 is CLS, 1 is Register 1; the patches follow from 2, row by row'],
		[{ cls: false, registers: 1 }, '0 is Register 1; the patches follow from 1, row by row'],
		[{ cls: false }, 'all are patches, row by row']
	])('name the tokens of a model with %o', (change, words) => {
		const config = { ...SMALL_CONFIG, ...change };
		const of = { model: { ...model('small'), config }, photo: photo('cat.jpg'), result: result(1) };
		expect(exportMeta({ ...of, grid: tokenGrid(config) }).tokens).toBe(words);
	});

	it('name the arrays as the engine names its taps, with their shapes', async () => {
		const { data } = tap('blocks.1.attn.pattern', 3);
		const block = { data, heads: 2, tokens: TOKENS, prefix: 1, cls: true, rows: 2, columns: 3, patchSize: 4 } as const;
		const layer = { heads: block, mean: block };
		const arrays = await allOf(
			attentionArrays({ model: model('small'), layers: [layer, layer], result: result(1) }, none)
		);
		expect(arrays.map(({ name }) => name)).toEqual(['blocks.0.attn.pattern', 'blocks.1.attn.pattern']);
		expect(arrays[1]?.shape).toEqual([1, 2, TOKENS, TOKENS]);
		expect(arrays[1]?.data).toBe(data);
	});

	it('have a window axis where attention is in windows, and say how windows are counted', async () => {
		const heads = { data: new Float32Array(8), heads: 2, layout: LAYOUT, stage: 1, block: 3, cell: 8 } as const;
		const config = swinConfigWith({ imageSize: [8, 8], patchSize: 4, stages: [] });
		const layers = [{ heads, mean: heads }];
		expect(
			await allOf(attentionArrays({ model: { ...model('swin'), config }, layers, result: result(1) }, none))
		).toEqual([
			{
				name: 'stages.1.blocks.3.attn.pattern',
				shape: [4, 2, 1, 1],
				axes: ['window', 'head', 'query', 'key'],
				data: heads.data
			}
		]);
		const saidOf = (rules: SwinConfig['rules']) => {
			const swin = { ...model('swin'), config: { ...config, rules } };
			return exportMeta({ model: swin, photo: photo('a'), result: result(1), grid: LAYOUT.map });
		};
		expect(saidOf('timm').axes[0]).toBe('window');
		expect(saidOf('huggingface').tokens).toMatch(
			/row by row in the map of the block, after it was filled up .* rolled/
		);
		expect(saidOf('timm').tokens).toMatch(/, after it was in every second block, .* rolled up .* filled up to whole/);
	});

	it('give JSON that brings back every value exactly', async () => {
		const read = JSON.parse((await allOf(jsonPieces(awkward, meta))).join(''));
		expect(read.model).toBe('small');
		expect(Object.keys(read.arrays)).toEqual(awkward.map(({ name }) => name));
		for (const { name, shape, axes, data } of awkward) {
			expect(read.arrays[name]).toMatchObject({ shape, axes });
			expect(Float32Array.from(read.arrays[name].data)).toEqual(data);
		}
	});

	it('give an NPZ with one .npy an array and what they are', async () => {
		const blob = await npz(awkward, meta);
		const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
		expect(Object.keys(files)).toEqual(['blocks.0.attn.pattern.npy', 'blocks.1.attn.pattern.npy', 'patchwork.npy']);
		expect(files['patchwork.npy']).toEqual(npyText(JSON.stringify(meta, null, 2)));
		for (const { name, shape, data } of awkward) expect(files[`${name}.npy`]).toEqual(npy(data, shape));
	});
});
