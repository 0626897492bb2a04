import { describe, expect, it } from 'vitest';
import { transformerBlocks, type ModelConfig } from '../../engine/families';
import type { TapData } from '../../engine/tap';
import { SMALL_CONFIG } from '../../engine/testing/small';
import type { ModelRun } from '../figure';
import { work } from './reveal';

/** Three blocks of two tokens, CLS and a patch; only the model's config is read of a run. */
const config: ModelConfig = { ...SMALL_CONFIG, depth: 3 };
const run = { model: { config } } as unknown as ModelRun;

/** Every patch that enters a block has length 2; each part of a block adds one as long as `added` says of the block. */
const taps =
	(added: readonly number[], cls = 1) =>
	(name: string): TapData => {
		const block = Number(/blocks\.(\d+)/.exec(name)?.[1]);
		const length = /attn\.out|mlp\.out/.test(name) ? (added[block] ?? NaN) : 2;
		return { name, shape: [1, 2, 1], axes: ['batch', 'token', 'feature'], data: Float32Array.of(cls, length) };
	};

describe('where most is done', () => {
	it('is the third of the block that adds most, beside what enters it', async () => {
		const added = [
			[3, 1, 1],
			[1, 2, 1],
			[1, 2, 6]
		];
		const verdicts = await Promise.all(added.map((lengths) => work.answer(run, taps(lengths))));
		expect(verdicts.map(({ choice }) => choice)).toEqual([0, 1, 2]);
		const { sentence } = await work.answer(run, taps([3, 1, 2]));
		expect(sentence).toMatch(
			/block 1 of 3 does most: .* is 3\S* times .* In block 2, which does least, it is 1\S* times/
		);
	});

	it('is told of patches, whatever is added to CLS', async () => {
		expect(await work.answer(run, taps([3, 1, 2], 500))).toEqual(await work.answer(run, taps([3, 1, 2])));
	});

	it('reads what enters each block, and what both of its parts add', () => {
		const read = work.taps(config);
		expect(new Set(read).size).toBe(read.length);
		expect(read).toEqual(expect.arrayContaining(transformerBlocks(config).map(({ input }) => input)));
		expect(read).toEqual(expect.arrayContaining(['blocks.0.attn.out', 'blocks.2.mlp.out']));
	});
});
