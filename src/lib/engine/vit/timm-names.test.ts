import { describe, expect, it } from 'vitest';
import { SIZES, timmConfig, timmTensors } from '../testing/checkpoint';
import { planCheckpoint } from '../checkpoint/plan';
import { TIMM_VIT, timmGelu, timmSize } from './timm-names';

describe('what a name stands for', () => {
	it.each([
		['vit_tiny_patch16_224', 3, 192],
		['vit_small_patch16_36x1_224', 6, 384],
		['vit_base_patch16_224.augreg_in21k', 12, 768],
		['vit_base_patch16_plus_240', 14, 896],
		// As wide as the other bases, and timm gives it 16 heads.
		['vit_base_patch16_gap_224', 16, 768],
		['vit_so150m_patch16_reg4_gap_256', 14, 896],
		['vit_so150m2_patch16_reg1_gap_448', 13, 832],
		['vit_so400m_patch14_reg1_tipsv2', 16, 1152],
		['vit_giant_patch16_gap_224', 16, 1408],
		['vit_giant_patch14_reg4_dinov2', 24, 1536],
		['vit_giant_patch14_reg1_tipsv2', 24, 1536],
		['vit_giantopt_patch16_siglip_gap_256', 16, 1536],
		['vit_mediumd_patch16_reg4_gap_384', 8, 512],
		['deit3_medium_patch16_224', 8, 512],
		['flexivit_large', 16, 1024],
		['eva_large_patch14_196', 16, 1024],
		['test_vit2', 2, 64]
	])('%s: %i heads, %i wide', (architecture, heads, dim) => {
		expect(timmSize(architecture)).toEqual({ heads, dim });
		expect(TIMM_VIT.test(architecture)).toBe(true);
	});

	it('is nothing where we know of none', () => {
		for (const name of ['vit_made_up', 'vit_constructor', 'vit_', 'resnet50']) expect(timmSize(name)).toBeUndefined();
	});

	it.each([
		['vit_base_patch16_siglip_gap_224', 'erf'],
		['vit_base_patch32_siglip_gap_256', 'tanh'],
		['vit_large_patch16_siglip_gap_384', 'erf'],
		['vit_large_patch16_siglip_gap_512', 'tanh'],
		['vit_so400m_patch14_siglip_gap_896', 'erf'],
		['vit_so400m_patch16_siglip_gap_256', 'tanh'],
		['vit_giantopt_patch16_siglip_gap_384', 'tanh'],
		['vit_tiny_patch16_224', 'erf']
	])('%s: a GELU by %s', (architecture, kind) => expect(timmGelu(architecture)).toBe(kind));
});

describe('heads that only a name tells', () => {
	const look = (architecture: string, dim: number, args: object = {}) => {
		const table = timmTensors({ ...SIZES, dim }).map((one) => [one.name, { ...one, dtype: 'F16' }] as const);
		const config = { ...timmConfig(), architecture, num_features: dim, model_args: { img_size: 20, ...args } };
		return planCheckpoint(config, null, new Map(table)).config;
	};

	it('are those of a model of that width', () => {
		expect(look('vit_giant_patch14_reg1_tipsv2', 1536)).toMatchObject({ heads: 24 });
		expect(look('vit_giant_patch14_224', 1408)).toMatchObject({ heads: 16 });
	});

	it('are nobody’s where the weights are of another width', () => {
		expect(() => look('vit_giant_patch14_224', 1536)).toThrow(
			/which stands for a width of 1408, and the weights have a width of 1536/
		);
		expect(() => look('vit_giant_patch14_reg1_tipsv2', 1408)).toThrow(/which stands for a width of 1536/);
	});

	it('stay timm’s where the file gives the same architecture another width by itself', () => {
		expect(look('vit_small_patch16_224', 96, { embed_dim: 96 })).toMatchObject({ heads: 6 });
	});
});
