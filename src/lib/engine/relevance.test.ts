import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useNodeBackend } from './backends/node';
import type { Edit } from './edits/edit';
import { asViT } from './families';
import { Model, type CheckpointFiles } from './model';
import { RELEVANCE } from './relevance';
import type { TapData } from './tap';
import { pixelValues, timmCheckpoint } from './testing/checkpoint';
import { convPixels, resNetCheckpoint } from './testing/conv-checkpoint';
import { timmSwinCheckpoint, SWIN_SIZES, swinPixels } from './testing/swin-checkpoint';
import { SIGLIP_VARIANT } from './testing/towers';
import { VARIANTS, variantCheckpoint } from './testing/variants';
import type { Trace } from './trace';
import { prefixTokens, tokenCount } from './vit/config';

const CLASS = 1;
const TOLERANCE = 1e-6;

type Matrix = number[][];

const square = (n: number, f: (i: number, j: number) => number): Matrix =>
	Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => f(i, j)));

/** `mean over heads of max(0, gradient x attention)` between all tokens; 0 for those that were taken out. */
function counts(pattern: TapData, gradient: TapData, all: number): Matrix {
	const [, heads = 0, queries = 0, keys = 0] = pattern.shape;
	const left = pattern.tokens ?? Array.from({ length: keys }, (_, i) => i);
	const mean = square(all, () => 0);
	for (let i = 0; i < heads * queries * keys; i++) {
		const [query, key] = [Math.floor(i / keys) % queries, i % keys];
		const row = mean[queries === 1 ? 0 : (left[query] ?? NaN)];
		const product = (pattern.data[i] ?? NaN) * (gradient.data[i] ?? NaN);
		if (row) row[left[key] ?? NaN] = (row[left[key] ?? NaN] ?? NaN) + Math.max(0, product) / heads;
	}
	return mean;
}

/** The whole matrix, forwards from the first block, by the rule as the paper has it; and of it the rows that the head reads. */
async function plain(model: Model, trace: Trace): Promise<number[]> {
	const config = asViT(model.config);
	const names = trace.names.filter((name) => name.endsWith('.attn.pattern'));
	const found = await model.gradients(trace, { classIndex: CLASS, names });
	const all = tokenCount(config);
	let relevance = square(all, (i, j) => Number(i === j));
	let shares = Array.from({ length: all }, (_, i) => Number(i === 0));
	for (const name of names) {
		const made = counts(await trace.read(name), await found.read(name), all);
		const before = relevance;
		if (name.startsWith('pool.')) shares = made[0] ?? [];
		else
			relevance = square(
				all,
				(i, j) =>
					(before[i]?.[j] ?? NaN) +
					(made[i] ?? []).reduce((sum, weight, k) => sum + weight * (before[k]?.[j] ?? NaN), 0)
			);
	}
	found.dispose();
	if (config.pooling === 'mean') {
		const first = prefixTokens(config);
		const left = trace.tokensAt('norm') ?? shares.map((_, i) => i);
		shares = shares.map((_, i) => (i >= first && left.includes(i) ? 1 / (left.length - first) : 0));
	}
	return shares.map((_, j) => shares.reduce((sum, share, i) => sum + share * (relevance[i]?.[j] ?? NaN), 0));
}

async function relevanceOf(model: Model, trace: Trace): Promise<TapData> {
	const found = await model.gradients(trace, { classIndex: CLASS, names: [RELEVANCE] });
	const row = await found.read(RELEVANCE);
	found.dispose();
	return row;
}

function expectClose(got: ArrayLike<number>, wanted: readonly number[]): void {
	expect(got.length).toBe(wanted.length);
	const off = Math.max(...wanted.map((value, i) => Math.abs(value - (got[i] ?? NaN))));
	expect(off / Math.max(...wanted)).toBeLessThan(TOLERANCE);
}

const KINDS: readonly (readonly [string, CheckpointFiles])[] = [
	['a plain ViT', timmCheckpoint()],
	...VARIANTS.map((one) => [one.name, variantCheckpoint(one)] as const)
];

describe.each(['cpu', 'wasm'] as const)('relevance on %s', (backend) => {
	beforeEach(() => useNodeBackend(backend));

	it.each(KINDS)('is what the head reads of the whole product, of %s', async (_, files) => {
		const none = tf.memory().numTensors;
		const model = Model.load(files);
		for (const memory of [undefined, { all: 0, patterns: 0 }]) {
			const trace = await model.run(pixelValues(), memory && { memory });
			const row = await relevanceOf(model, trace);
			expect(row).toMatchObject({ name: RELEVANCE, shape: [1, row.data.length], axes: ['batch', 'token'] });
			expectClose(row.data, await plain(model, trace));
			trace.dispose();
		}
		model.dispose();
		expect(tf.memory().numTensors).toBe(none);
	});
});

describe('relevance', () => {
	let model: Model;
	beforeAll(async () => {
		await useNodeBackend('wasm');
		model = Model.load(timmCheckpoint());
		return () => model.dispose();
	});

	it.each<readonly [string, readonly Edit[]]>([
		['tokens taken out', [{ tap: 'embeddings', do: 'keep', tokens: [0, 2, 5, 7] }]],
		['tokens taken out between two blocks', [{ tap: 'blocks.0.out', do: 'keep', tokens: [0, 2, 5] }]],
		['a head silenced', [{ tap: 'blocks.1.attn.pattern', head: 0, do: 'zero' }]],
		['weights added to', [{ tap: 'blocks.0.attn.pattern', do: 'add', value: 0.1 }]]
	])('is of the run as it went, with %s', async (_, edits) => {
		const mean = VARIANTS.filter(({ name }) => name.startsWith('no CLS, one register'));
		expect(mean).toHaveLength(1);
		for (const files of [timmCheckpoint(), ...[...mean, SIGLIP_VARIANT].map(variantCheckpoint)]) {
			const own = Model.load(files);
			const trace = await own.run(pixelValues(), { edits });
			const row = await relevanceOf(own, trace);
			expectClose(row.data, await plain(own, trace));
			for (const owner of [trace, own]) owner.dispose();
		}
	});

	it('passes a block by as the run does', async () => {
		const trace = await model.run(pixelValues(), { edits: [{ tap: 'blocks.0', do: 'skip' }] });
		expectClose((await relevanceOf(model, trace)).data, await plain(model, trace));
		trace.dispose();
	});

	it('comes with the gradients that are asked for, and keeps no pattern’s', async () => {
		const trace = await model.run(pixelValues());
		const alone = await relevanceOf(model, trace);
		const before = tf.memory().numTensors;
		const names = ['pixel_values', RELEVANCE, 'blocks.1.norm1'];
		const found = await model.gradients(trace, { classIndex: CLASS, names });
		expect(tf.memory().numTensors).toBe(before + names.length);
		expect(await found.read(RELEVANCE)).toEqual(alone);
		for (const owner of [found, trace]) owner.dispose();
	});

	it('leaves nothing behind where it is given up', async () => {
		const trace = await model.run(pixelValues());
		const before = tf.memory().numTensors;
		for (const last of [1, 2]) {
			const pause = (done: number) => {
				if (done === last) throw new Error('enough');
			};
			await expect(model.gradients(trace, { classIndex: CLASS, names: [RELEVANCE], pause })).rejects.toThrow('enough');
			expect(tf.memory().numTensors).toBe(before);
		}
		trace.dispose();
	});

	it('is refused of a place, and where there is no one sequence of patterns', async () => {
		const trace = await model.run(pixelValues());
		const place = { from: 'norm', token: 1, names: [RELEVANCE] };
		await expect(model.gradients(trace, place)).rejects.toThrow('"norm" does not depend on "relevance"');
		trace.dispose();
		for (const [files, pixels] of [
			[timmSwinCheckpoint(SWIN_SIZES), swinPixels()],
			[resNetCheckpoint(), convPixels()]
		] as const) {
			const other = Model.load(files);
			const run = await other.run(pixels);
			const asked = other.gradients(run, { classIndex: 0, names: [RELEVANCE] });
			await expect(asked).rejects.toThrow('Relevance follows one sequence of tokens');
			for (const owner of [run, other]) owner.dispose();
		}
	});
});
