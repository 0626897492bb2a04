import { PLAIN_VIT } from '../../engine/config';
import { beforeAll, describe, expect, it } from 'vitest';
import { largestDifference, rowAt } from '../../analysis/linear';
import { rankClasses } from '../../analysis/logit-lens';
import { madeUpRun, type MadeUpRun } from '../testing';
import { clsOf, patchesOf } from './blocks';
import { lensesOf } from './lens';

let run: MadeUpRun;
beforeAll(async () => {
	run = await madeUpRun();
});

describe('the figure beside the engine', () => {
	it('the CLS row of the embeddings is the learned token plus the first position', () => {
		const { config, tap } = run;
		const place = rowAt(tap('weights.pos_embed').data, config.dim, 0);
		const sum = tap('weights.cls_token').data.map((value, i) => value + (place[i] ?? NaN));
		expect(largestDifference(sum, clsOf(tap('embeddings')))).toBeLessThan(1e-6);
	});

	it('the patches are all tokens but CLS', () => {
		const { config, tap } = run;
		const patches = patchesOf(tap('embeddings'), PLAIN_VIT);
		const place = rowAt(tap('weights.pos_embed').data, config.dim, 1);
		const first = rowAt(tap('patch_embed').data, config.dim, 0).map((value, i) => value + (place[i] ?? NaN));
		expect(patches).toHaveLength(tap('patch_embed').data.length);
		expect(largestDifference(first, patches.subarray(0, config.dim))).toBeLessThan(1e-6);
	});

	it('after the last block the head reads what the model answers', () => {
		const { config, tap } = run;
		const lenses = lensesOf(config, tap);
		expect(lenses).toHaveLength(config.depth + 1);
		const answer = rankClasses(tap('logits').data);
		expect(lenses.at(-1)?.map(({ index }) => index)).toEqual(answer.map(({ index }) => index));
		lenses.at(-1)?.forEach(({ probability }, i) => expect(probability).toBeCloseTo(answer[i]?.probability ?? NaN, 5));
	});
});
