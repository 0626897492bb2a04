import { PLAIN_VIT, type ViTConfig } from '../../engine/vit/config';
import { beforeAll, describe, expect, it } from 'vitest';
import { largestDifference, rowAt } from '../../analysis/linear';
import { rankClasses } from '../../analysis/logit-lens';
import { madeUpRun, smallRun, type MadeUpRun } from '../kit/testing';
import { EVERY_KIND } from '../../engine/testing/kinds';
import { clsOf, patchesOf } from './blocks';
import { figure } from './figure';
import { lensesOf, lensTaps } from './lens';

let run: MadeUpRun;
beforeAll(async () => {
	run = await madeUpRun();
});

describe('the figure beside the engine', () => {
	it('the CLS row of the embeddings is the learned token plus the first position', () => {
		const { config, tap } = run;
		const place = rowAt(tap('parameters.pos_embed').data, config.dim, 0);
		const sum = tap('parameters.cls_token').data.map((value, i) => value + (place[i] ?? NaN));
		expect(largestDifference(sum, clsOf(tap('embeddings')))).toBeLessThan(1e-6);
	});

	it('the patches are all tokens but CLS', () => {
		const { config, tap } = run;
		const patches = patchesOf(tap('embeddings'), PLAIN_VIT);
		const place = rowAt(tap('parameters.pos_embed').data, config.dim, 1);
		const first = rowAt(tap('patch_embed').data, config.dim, 0).map((value, i) => value + (place[i] ?? NaN));
		expect(patches).toHaveLength(tap('patch_embed').data.length);
		expect(largestDifference(first, patches.subarray(0, config.dim))).toBeLessThan(1e-6);
	});

	it.each(EVERY_KIND)('after the last block the head of %s says what the model answers', async (kind, files) => {
		const { config, tap } = await madeUpRun(lensedBy, files);
		const lenses = lensesOf(config, tap);
		const heads = config.classes > 0;
		expect(heads).toBe(kind !== 'a model without a head');
		expect(lenses).toHaveLength(heads ? config.depth + 1 : 0);
		const answer = heads ? rankClasses(tap('logits').data, config.scores) : [];
		expect((lenses.at(-1) ?? []).map(({ index }) => index)).toEqual(answer.map(({ index }) => index));
		answer.forEach(({ score }, i) => expect(lenses.at(-1)?.[i]?.score).toBeCloseTo(score, 5));
	});
});

describe('the prediction', () => {
	it.each(EVERY_KIND)('is answered by what the head of %s reads', async (_, files) => {
		const { config, tap } = await madeUpRun(lensedBy, files);
		const verdict = await figure.reveals?.['settled']?.answer(smallRun(config), tap);
		const why = { vector: 'no classifier', number: 'gives numbers' }[String(config.scores)];
		if (why ?? config.classes === 1) {
			expect(verdict).toMatchObject({ choice: null, sentence: expect.stringContaining(why ?? 'one class only') });
			return;
		}
		const answer = rankClasses(tap('logits').data, config.scores)[0]?.index ?? -1;
		expect(verdict?.choice).not.toBeNull();
		expect(verdict?.sentence).toContain(`The first guess is “class ${answer}”`);
		expect(verdict?.sentence.includes('It is read from')).toBe(config.pooling !== 'cls' || config.distillationHead);
	});
});

/** What the figure declares, and the logits to compare it with. */
const lensedBy = (config: ViTConfig) => [...lensTaps(config), ...(config.classes > 0 ? ['logits'] : [])];
