import { describe, expect, it } from 'vitest';
import { PatchworkError } from '../../base/errors';
import { SIZES, timmConfig, timmTensors } from '../testing/checkpoint';
import { swinConfig, swinTensors } from '../testing/swin-checkpoint';
import { planCheckpoint } from './plan';
import type { TensorEntry } from './table';

/** A checkpoint's files before its weights are there. */
interface Look {
	readonly config: unknown;
	readonly tensors: readonly (Pick<TensorEntry, 'name' | 'shape'> & { readonly dtype?: string })[];
}

const { dim } = SIZES;
const plain = timmTensors();

function plan({ config, tensors }: Look) {
	return planCheckpoint(config, null, new Map(tensors.map((one) => [one.name, { dtype: 'F32', ...one }])));
}

/** timm's made-up ViT with other tensors beside its own, or in their place. */
const beside = (...extra: [name: string, ...shape: number[]][]): Look => ({
	config: timmConfig(),
	tensors: [...plain, ...extra.map(([name, ...shape]) => ({ name, shape }))]
});
const without = (gone: RegExp): Look => ({
	config: timmConfig(),
	tensors: plain.filter(({ name }) => !gone.test(name))
});
const called = (architecture: string): Look => ({ config: { ...timmConfig(), architecture }, tensors: plain });
const told = (args: object): Look => {
	const config = timmConfig();
	return { config: { ...config, model_args: { ...(config.model_args as object), ...args } }, tensors: plain };
};
const only = (...names: string[]): Look => ({
	config: { model_type: 'vit' },
	tensors: names.map((name) => ({ name, shape: [dim, dim] }))
});
/** The start of transformers' DINOv3, 30 wide. */
const dino3 = (args: object): Look => ({
	config: { model_type: 'dinov3_vit', image_size: 20, num_attention_heads: 5, ...args },
	tensors: [
		{ name: 'embeddings.patch_embeddings.weight', shape: [30, 3, 5, 5] },
		{ name: 'layer.0.norm1.weight', shape: [30] },
		{ name: 'layer.0.mlp.up_proj.weight', shape: [40, 30] },
		{ name: 'layer.0.mlp.down_proj.weight', shape: [30, 40] }
	]
});
const swin = (args: object): Look => ({ config: { ...swinConfig(), ...args }, tensors: swinTensors() });

/** One line for each kind of refusal. Each must be true of the file, and say what is the matter with it. */
const REFUSED: readonly (readonly [kind: string, look: Look, says: string])[] = [
	['no object', { config: [], tensors: plain }, 'config.json is not a JSON object'],
	['nothing that we know', only('some.weight'), 'not those of a Vision Transformer in timm or Hugging Face naming'],

	// By the name that timm gives it.
	['CLIP by name', called('vit_base_patch16_clip_224'), 'has a layer norm before its first block'],
	['rotary positions by name', called('vit_base_patch16_rope_reg1_gap_256'), '(rotary positions)'],
	['DINOv3 by name', called('vit_small_patch16_dinov3'), '(rotary positions), and the weights have learned positions'],
	['residual post-norm', called('vit_base_patch16_rpn_224'), 'norms what each part gives'],
	['no last norm by name', called('vit_intern300m_patch14_448'), 'has no last layer norm'],
	['another architecture', called('convnext_tiny'), "is for the architecture 'convnext_tiny'"],
	[
		'another architecture of transformers',
		{ config: { model_type: 'levit' }, tensors: only('stem.conv1.linear.weight').tensors },
		"is for the architecture 'levit'"
	],
	[
		'one of those whose names are like ours',
		called('eva02_base_patch16_clip_224'),
		"is for the architecture 'eva02_base"
	],
	['a name of no size', { config: { ...timmConfig(), model_args: {} }, tensors: plain }, 'how many heads'],

	// By what the weights show.
	['a text tower', only('text_model.final_layer_norm.weight'), 'a text tower without an image tower'],
	['half a norm before the blocks', beside(['norm_pre.weight', dim]), "lacks 'norm_pre.bias'"],
	['a hybrid', beside(['patch_embed.backbone.stem.conv.weight', 8, 3, 7, 7]), 'maps of a convolutional network'],
	['a CNN', only('conv1.weight'), 'a convolutional network'],
	['biases twice', beside(['blocks.0.attn.q_bias', dim]), "has 'blocks.0.attn.q_bias', which this architecture"],
	['other rotary positions', beside(['blocks.0.attn.rope.freqs', 2, dim]), 'rotary positions that are not DINOv3’s'],
	['Swin 2', only('layers.0.blocks.0.attn.logit_scale'), 'a Swin Transformer of version 2'],
	['relative positions', beside(['blocks.0.attn.rel_pos.mlp.fc1.weight', 4, 2]), 'relative positions in its attention'],
	['differential attention', beside(['blocks.0.attn.lambda_q1', 4]), 'differential attention'],
	['parallel blocks', only('blocks.0.in_proj.weight'), 'side by side'],
	['norms of queries and keys', beside(['blocks.0.attn.q_norm.weight', 5]), 'norms its queries and keys'],
	['norms inside the parts', beside(['blocks.0.mlp.norm.weight', 5]), 'layer norms inside attention'],
	['RMS norms', without(/norm.*\.bias$/), 'RMS norms in place of layer norms'],
	['no positions', without(/^pos_embed$/), 'a model without learned positions'],

	// By what config.json says beside that.
	[
		'attention pooling',
		told({ global_pool: 'map' }),
		"the pooling 'map', which is by attention, and the weights have none"
	],
	[
		'attention pooling beside CLS',
		{ ...told({ global_pool: 'map' }), tensors: beside(['attn_pool.latent', 1, 1, dim]).tensors },
		"the pooling 'map', which is by attention, beside 1 token that stand"
	],
	['another pooling', told({ global_pool: 'avgmax' }), "the pooling 'avgmax' and we have 'token', 'avg' and 'map'"],
	['another activation', told({ act_layer: 'relu' }), "the activation 'relu'"],
	[
		'a norm that is not there',
		told({ pre_norm: true }),
		'says a layer norm before its first block, and the weights have no'
	],
	[
		'heads that cannot be turned',
		dino3({ num_attention_heads: 3 }),
		'gives each head 10 features, which rotary positions'
	],
	['a gate of another kind', dino3({ use_gated_mlp: true, hidden_act: 'gelu' }), "'gelu' in a gated feed-forward part"],
	['a gate that is not there', dino3({ use_gated_mlp: true, hidden_act: 'silu' }), 'says a gated feed-forward part'],
	['another bias', dino3({ key_bias: true }), 'says biases for each key, and the weights have no biases for each key'],
	[
		'angles by another rule',
		dino3({ rope_parameters: { rope_type: 'yarn' } }),
		"asks for the rotary positions 'yarn', and we run 'default'"
	],
	['SigLIP of patches of any grid', { ...dino3({ model_type: 'siglip2' }) }, "is for the architecture 'siglip2'"],
	['an argument that we do not run', told({ qk_norm: true }), "'qk_norm' = true in model_args, which we don’t run"],
	['an argument that we do not know', told({ mixer: 3 }), "'mixer' = 3 in model_args, which we don’t know"],
	['the mean of all tokens', told({ pool_include_prefix: true }), "'pool_include_prefix' = true"],
	[
		'no CLS for the head',
		{
			config: { ...timmConfig(), global_pool: 'token' },
			tensors: beside(['pos_embed', 1, 16, dim]).tensors.filter(({ name }) => name !== 'cls_token')
		},
		'the weights have none'
	],
	['another CLS', told({ class_token: false }), 'says no CLS token, and the weights have a CLS token'],
	[
		'an argument of Swin',
		{ config: { architecture: 'swin_tiny', model_args: { head_dim: 8 } }, tensors: swinTensors() },
		"'head_dim' = 8"
	],
	['another model’s file', swin({ model_type: 'vit' }), 'These two files don’t belong together'],

	// By weights that don't fit the rest.
	['a weight too many', beside(['odd.weight', 3]), "has 'odd.weight', which this architecture has no place for"],
	['weights too many', beside(['odd.a', 3], ['odd.b', 3]), "has 'odd.a' and 1 more"],
	['a weight too few', without(/^blocks\.1\.mlp\.fc2\.bias$/), "lacks 'blocks.1.mlp.fc2.bias'"],
	['a wrong shape', { ...beside(['norm.bias', 14]) }, "'norm.bias' has the shape [14], and the model needs [15]"],
	[
		'numbers that we do not read',
		{
			config: timmConfig(),
			tensors: plain.map((one) => ({ ...one, dtype: one.name === 'norm.bias' ? 'I64' : 'F32' }))
		},
		"stores 'norm.bias' as 'I64', and we read F32, F16 and BF16"
	],
	['a name twice', beside(['module.norm.bias', dim]), "has both 'norm.bias' and 'module.norm.bias'"],
	[
		'pictures of one channel',
		{ ...beside(['patch_embed.proj.weight', dim, 1, 5, 5]) },
		'pictures of 1 channel, and photos have 3'
	],
	['an empty weight', { ...beside(['patch_embed.proj.weight', 0, 3, 5, 5]) }, 'holds nothing']
];

describe('a checkpoint that does not run', () => {
	it.each(REFUSED)('is refused by its table for %s', (_, look, says) => {
		let error: unknown;
		try {
			plan(look);
		} catch (thrown) {
			error = thrown;
		}
		expect(error).toBeInstanceOf(PatchworkError);
		const { message } = error as PatchworkError;
		expect(message).toContain(says);
		// A file whose table is whole was downloaded well.
		expect(message).not.toMatch(/[Dd]ownload/);
		expect(message).toMatch(/(Choose another model|Take both from one model)\.$/);
	});
});

describe('what is no reason to refuse', () => {
	it.each<[string, Look]>([
		['nothing at all', beside()],
		['what training alone uses', told({ drop_path_rate: 0.1, weight_init: 'jax', dynamic_img_size: true })],
		['arguments that say what is so anyway', told({ qk_norm: false, pre_norm: false, norm_layer: null })],
		['a mask token and an old layer before the head', beside(['mask_token', 1, 1, dim], ['pre_logits.fc.bias', 5])]
	])('is %s', (_, look) => {
		expect(plan(look).config).toMatchObject({ depth: SIZES.depth, heads: SIZES.heads });
	});

	it('is a prefix, which the names are read without', () => {
		for (const prefix of ['_orig_mod.', 'module.', 'module._orig_mod.', 'timm_model.']) {
			const tensors = plain.map((one) => ({ ...one, name: prefix + one.name }));
			const { config, parameters } = plan(beside());
			expect(plan({ config: timmConfig(), tensors })).toMatchObject({ config, parameters });
		}
	});

	it('is the pooling that timm drops from SigLIP’s towers with a mean', () => {
		const gap = { ...timmConfig(), architecture: 'vit_base_patch16_siglip_gap_224', global_pool: 'avg' };
		const tensors = beside(['attn_pool.latent', 1, 1, dim]).tensors.filter(({ name }) => name !== 'cls_token');
		const placed = tensors.map((one) => (one.name === 'pos_embed' ? { ...one, shape: [1, 16, dim] } : one));
		expect(plan({ config: gap, tensors: placed }).config).toMatchObject({ cls: false, pooling: 'mean' });
		expect(() => plan({ config: { ...gap, global_pool: undefined }, tensors: placed })).toThrow(/attn_pool\.latent/);
	});
});
