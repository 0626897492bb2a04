import { describe, expect, it } from 'vitest';
import { tokenCount } from '../../engine/config';
import { norm, rowAt } from '../../analysis/linear';
import { inputOf } from '../parts/blocks';
import { relativeDifference, madeUpRun, smallRun } from '../testing';
import { growthOf, largestAt, meanPatchNorm } from './growth';
import { choiceFor, larger } from './reveal';
import { blockTaps, stage } from './stage';

describe('the attributes', () => {
	it('make a full state without any, and unknown ones are refused', () => {
		expect(stage.parse({})).toEqual({ block: 0, view: 'block', token: 0 });
		expect(stage.parse({ block: 'last', view: 'added' })).toMatchObject({ view: 'added' });
		expect(() => stage.parse({ head: '1' })).toThrow(/head/);
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
		expect(meanPatchNorm(Float32Array.of(100, 100, 3, 4, 0, 1), 2)).toBe(3);
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
		const { config, tap } = await madeUpRun((sizes) => stage.taps(sizes, { block: 1, view: 'block', token: 0 }));
		const sum = tap(inputOf(1)).data.map((value, i) => value + (tap('blocks.1.attn.out').data[i] ?? NaN));
		expect(relativeDifference(sum, tap('blocks.1.residual1').data)).toBeLessThan(1e-6);
		const out = sum.map((value, i) => value + (tap('blocks.1.mlp.out').data[i] ?? NaN));
		expect(relativeDifference(out, tap('blocks.1.out').data)).toBeLessThan(1e-6);
		expect(tap('blocks.1.norm2').shape).toEqual([1, tokenCount(config), config.dim]);
	});

	it.each(['size', 'added'] as const)(
		'the view %s reads all blocks, each beginning where the last one ended',
		async (view) => {
			const { config, tap } = await madeUpRun((sizes) => stage.taps(sizes, { block: 0, view, token: 3 }));
			const growth = Array.from({ length: config.depth }, (_, block) => growthOf(blockTaps(tap, block), 3, config.dim));
			expect(growth[0]?.before).toBe(norm(rowAt(tap('embeddings').data, config.dim, 3)));
			expect(growth[1]?.before).toBe(growth[0]?.after);
			expect(growth[1]?.feedForward.size).toBeGreaterThan(0);
		}
	);

	it('what all attention parts add to the patches is summed for the verdict', async () => {
		const { config, tap } = await madeUpRun(larger.taps);
		const sum = (part: string) =>
			[0, 1].reduce((all, block) => all + meanPatchNorm(tap(`blocks.${block}.${part}`).data, config.dim), 0);
		const { choice, sentence } = await larger.answer(smallRun(config), tap);
		expect(choice).toBe(choiceFor(sum('attn.out'), sum('mlp.out')));
		expect(sentence).toContain(`adds norms of ${sum('attn.out').toFixed(2)} `);
		expect(sentence).toContain(`parts ${sum('mlp.out').toFixed(2)} `);
	});
});
