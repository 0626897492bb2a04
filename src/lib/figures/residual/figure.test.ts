import { describe, expect, it } from 'vitest';
import { tokenCount } from '../../engine/vit/config';
import { norm, rowAt } from '../../analysis/linear';
import type { WindowsRun } from '../figure';
import { allBlocks, blockAt, inputOf, stageBlocks } from '../kit/blocks';
import { relativeDifference, madeUpRun, madeUpSwinRun, smallRun } from '../kit/testing';
import { betweenStages, growthOf, largestAt, meanPatchNorm } from './growth';
import { choiceFor, larger } from './reveal';
import { readOf } from '../kit/ways';
import { blockTaps, figure } from './figure';

describe('the attributes', () => {
	it('make a full state without any, and unknown ones are refused', () => {
		expect(figure.parse({})).toEqual({ block: 0, view: 'block', token: 'cls' });
		expect(figure.parse({ block: 'last', view: 'added' })).toMatchObject({ view: 'added' });
		expect(() => figure.parse({ head: '1' })).toThrow(/head/);
	});
});

describe('a token of two features', () => {
	const taps = {
		input: Float32Array.of(3, 4, 0, 0),
		attention: Float32Array.of(-4, 3, 0, 0),
		feedForward: Float32Array.of(1, -7, 0, 0),
		out: Float32Array.of(0, 0, 0, 0)
	};

	it('is followed through a block', () => {
		const { before, attention, feedForward, after } = growthOf(taps, 0, 2);
		expect([before, attention.size, attention.cosine, after]).toEqual([5, 5, 0, 0]);
		expect(feedForward.size).toBeCloseTo(Math.sqrt(50));
		expect(feedForward.cosine).toBeCloseTo(-1);
	});

	it('has a mean patch, without CLS', () => {
		expect(meanPatchNorm(Float32Array.of(100, 100, 3, 4, 0, 1), 2, 1)).toBe(3);
	});

	it('names its largest features', () => {
		expect(largestAt([1, -5, 2], 2)).toEqual([1, 2]);
	});
});

describe('the prediction', () => {
	it.each([
		[20, 10, 0],
		[10, 10.5, 1],
		[10, 8.8, 0],
		[8.8, 10, 2],
		[10, 20, 2]
	])('attention %f and feed-forward %f is choice %i', (attention, feedForward, choice) => {
		expect(choiceFor(attention, feedForward)).toBe(choice);
	});
});

describe('against the engine', () => {
	it('what a block adds is what lies between its input and its end', async () => {
		const { config, tap } = await madeUpRun((sizes) => figure.taps(sizes, { block: 1, view: 'block', token: 0 }));
		const sum = tap(inputOf(1)).data.map((value, i) => value + (tap('blocks.1.attn.out').data[i] ?? NaN));
		expect(relativeDifference(sum, tap('blocks.1.residual1').data)).toBeLessThan(1e-6);
		const out = sum.map((value, i) => value + (tap('blocks.1.mlp.out').data[i] ?? NaN));
		expect(relativeDifference(out, tap('blocks.1.out').data)).toBeLessThan(1e-6);
		expect(tap('blocks.1.norm2').shape).toEqual([1, tokenCount(config), config.dim]);
	});

	it.each(['size', 'added'] as const)(
		'the view %s reads all blocks, each beginning where the last one ended',
		async (view) => {
			const { config, tap } = await madeUpRun((sizes) => figure.taps(sizes, { block: 0, view, token: 3 }));
			const growth = allBlocks(config).map((block) => growthOf(blockTaps(tap, block), 3, config.dim));
			expect(growth[0]?.before).toBe(norm(rowAt(tap('embeddings').data, config.dim, 3)));
			expect(growth[1]?.before).toBe(growth[0]?.after);
			expect(growth[1]?.feedForward.size).toBeGreaterThan(0);
		}
	);

	it('what all attention parts add to the patches is summed for the verdict', async () => {
		const { config, tap } = await madeUpRun(larger.taps);
		const sum = (part: string) =>
			[0, 1].reduce((all, block) => all + meanPatchNorm(tap(`blocks.${block}.${part}`).data, config.dim, 1), 0);
		const { choice, sentence } = await larger.answer(smallRun(config), tap);
		expect(choice).toBe(choiceFor(sum('attn.out'), sum('mlp.out')));
		expect(sentence).toContain(`the lengths come to ${sum('attn.out').toFixed(2)} from attention`);
		expect(sentence).toContain(`and ${sum('mlp.out').toFixed(2)} from the feed-forward parts`);
	});
});

describe('of a Swin', () => {
	const state = (view: string, block: number) => ({ ...figure.parse({ view }), block });
	const run = (view: string, block: number) =>
		madeUpSwinRun((config) => readOf(figure, state(view, block), config)?.names ?? []);

	it.each([0, 1, 2, 5, 99])('what block %i adds is what lies between its input and its end', async (wanted) => {
		const { config, tap } = await run('block', wanted);
		const block = blockAt(config, wanted);
		const { input, attention, feedForward, out } = blockTaps(tap, block);
		const between = input.map((value, i) => value + (attention[i] ?? NaN));
		expect(relativeDifference(between, tap(`${block.stem}.residual1`).data)).toBeLessThan(1e-6);
		const end = between.map((value, i) => value + (feedForward[i] ?? NaN));
		expect(relativeDifference(end, out)).toBeLessThan(1e-6);
	});

	it('a token is followed through the stage of the block, from what was merged on', async () => {
		const { config, tap } = await run('size', 3);
		const growth = stageBlocks(config, 3).map((block) => growthOf(blockTaps(tap, block), 7, block.dim));
		expect(growth).toHaveLength(3);
		expect(growth[0]?.before).toBe(norm(rowAt(tap('stages.0.merge').data, blockAt(config, 3).dim, 7)));
		expect(growth.slice(1).map(({ before }) => before)).toEqual(growth.slice(0, -1).map(({ after }) => after));
	});

	it('the last of its taps is what each view is about', async () => {
		const { config } = await madeUpSwinRun(() => []);
		const last = (view: string) => readOf(figure, state(view, 3), config)?.names.at(-1);
		expect(last('block')).toBe('stages.1.blocks.1.residual1');
		expect([last('size'), last('added')]).toEqual(['stages.1.blocks.1.out', 'stages.1.blocks.1.out']);
	});

	it('its tokens are said to be merged by four only where they are, into wider ones', async () => {
		const { config } = await madeUpSwinRun(() => []);
		expect(betweenStages(config)).toBe('four tokens are merged into one that is wider');
		const even = { ...config, stages: config.stages.map((stage) => ({ ...stage, dim: 4 })) };
		expect(betweenStages(even)).toBe('the tokens become others');
	});

	it('the prediction is answered over the blocks of all stages', async () => {
		const { config, tap } = await madeUpSwinRun((of) => larger.taps(of));
		const sum = (part: string) =>
			allBlocks(config).reduce((all, { stem, dim }) => all + meanPatchNorm(tap(`${stem}.${part}`).data, dim, 0), 0);
		const verdict = await larger.answer({ model: { config } } as WindowsRun, tap);
		expect(verdict.choice).toBe(choiceFor(sum('attn.out'), sum('mlp.out')));
		expect(verdict.sentence).toContain(
			`all 7 blocks add to a token of this photo, the lengths come to ${sum('attn.out').toFixed(2)} from attention`
		);
		expect(verdict.sentence).toContain(`and ${sum('mlp.out').toFixed(2)} from the feed-forward parts`);
	});
});
