import { describe, expect, it } from 'vitest';
import { SMALL_CONFIG } from '../../engine/testing/small';
import { tapSpecs } from '../../engine/families';
import { swinConfigWith } from '../../engine/testing/swin-config';
import { atBlock, blockOf, firstSpecOf, specOf, stopIn, stopOf } from './where';

describe('where a tap lies', () => {
	it.each([
		['pixel_values', 'photo'],
		['patches', 'patches'],
		['patch_embed', 'embeddings'],
		['parameters.patch_embed.weight', 'embeddings'],
		['parameters.pos_embed', 'embeddings'],
		['embeddings', 'embeddings'],
		['blocks.11.mlp.out', 'block-11'],
		['parameters.blocks.3.fc1.weight', 'block-3'],
		['norm', 'head'],
		['parameters.head.bias', 'head']
	])('%s: %s', (name, stop) => expect(stopOf(name)).toBe(stop));

	it('has a stop for every tap', () => {
		const stops = new Set(tapSpecs(SMALL_CONFIG).map(({ name }) => stopOf(name)));
		expect([...stops]).toEqual(['photo', 'patches', 'embeddings', 'block-0', 'block-1', 'head']);
	});

	it('puts the block that is shown in place of the star, as far as the model has it', () => {
		expect(atBlock('blocks.*.out', 1, SMALL_CONFIG)).toBe('blocks.1.out');
		expect(atBlock('blocks.*.out', 99, SMALL_CONFIG)).toBe('blocks.1.out');
		expect(atBlock('blocks.*.out', null, SMALL_CONFIG)).toBe('blocks.0.out');
		expect(atBlock('blocks.*.out', -1, SMALL_CONFIG)).toBe('embeddings');
		expect(atBlock('blocks.*.norm1', -1, SMALL_CONFIG)).toBe('blocks.0.norm1');
		expect(atBlock('norm', 1, SMALL_CONFIG)).toBe('norm');
	});

	it('finds what a model with gates has for the hidden values that the prose names', () => {
		const gated = { ...SMALL_CONFIG, mlp: 'swiglu' } as const;
		expect(atBlock('blocks.*.mlp.pre_gelu', 1, gated)).toBe('blocks.1.mlp.gate');
		expect(atBlock('blocks.*.mlp.post_gelu', 1, gated)).toBe('blocks.1.mlp.gated');
		expect(atBlock('blocks.*.mlp.pre_gelu', 1, SMALL_CONFIG)).toBe('blocks.1.mlp.pre_gelu');
	});

	it('ends with the last tokens where there is no head', () => {
		const headless = { ...SMALL_CONFIG, classes: 0, scores: 'vector' } as const;
		expect(atBlock('probabilities', null, headless)).toBe('norm');
		expect(atBlock('logits', null, headless)).toBe('norm');
		expect(atBlock('logits', null, { ...SMALL_CONFIG, classes: 3 })).toBe('logits');
	});

	it('knows shapes of taps and of parameters, and says nothing of others', () => {
		expect(specOf('blocks.0.attn.pattern', SMALL_CONFIG)?.shape).toEqual([1, 2, 7, 7]);
		expect(specOf('parameters.pos_embed', SMALL_CONFIG)?.shape).toEqual([7, 4]);
		expect(specOf('blocks.7.out', SMALL_CONFIG)).toBeNull();
	});

	it('finds the block in a state', () => {
		expect([blockOf({ block: 2 }), blockOf({ block: '2' }), blockOf({})]).toEqual([2, null, null]);
	});
});

describe('firstSpecOf', () => {
	const stage = { depth: 2, heads: 2, dim: 4, mlpDim: 8, window: 4 };
	const swin = swinConfigWith({ imageSize: [32, 32], patchSize: 4, stages: [stage, { ...stage, depth: 1 }] });

	it('is the attention of a Swin’s block, or of its last for one that is not there', () => {
		expect(firstSpecOf(swin, null)).toMatchObject({ name: 'stages.0.blocks.0.attn.pattern', shape: [4, 2, 16, 16] });
		expect(firstSpecOf(swin, 1)?.name).toBe('stages.0.blocks.1.attn.pattern');
		expect(firstSpecOf(swin, 9)).toMatchObject({ name: 'stages.1.blocks.0.attn.pattern', shape: [1, 2, 16, 16] });
	});

	it('is the first of the wanted taps that the Swin has', () => {
		const names = [null, 'blocks.0.out', 'stages.0.merge', 'probabilities'];
		expect(firstSpecOf(swin, 1, names)?.name).toBe('stages.0.merge');
		expect(firstSpecOf({ ...swin, classes: 0, scores: 'vector' }, 1, ['probabilities'])?.name).toBe('norm');
		expect(firstSpecOf(swin, 1, ['parameters.patch_embed.weight'])?.shape).toEqual([48, 4]);
		expect(firstSpecOf(swin, 1, ['parameters.cls_token'])?.name).toBe('stages.0.blocks.1.attn.pattern');
	});

	it('is of the block where the prose says so of any, and may be a parameter', () => {
		expect(firstSpecOf(swin, 1, ['blocks.*.mlp.pre_gelu'])?.name).toBe('stages.0.blocks.1.mlp.pre_gelu');
		expect(firstSpecOf(swin, 9, ['parameters.blocks.*.fc1.weight'])).toMatchObject({
			name: 'parameters.stages.1.blocks.0.fc1.weight',
			shape: [4, 8]
		});
	});

	it.each([
		['probabilities', 'head'],
		['embeddings', 'embeddings'],
		['parameters.stages.1.blocks.0.fc1.weight', 'block-2'],
		['stages.0.blocks.1.attn.pattern', 'block-1'],
		['stages.0.merge', 'block-1'],
		['stages.1.blocks.0.out', 'block-2']
	])('%s lies at %s', (name, stop) => expect(stopIn(swin, name)).toBe(stop));
});
