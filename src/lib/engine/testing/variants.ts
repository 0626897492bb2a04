import type { TensorToWrite } from '../checkpoint/safetensors';
import type { CheckpointFiles } from '../model';
import type { ViTConfig } from '../vit/config';
import { fileOf, random, SIZES, timmConfig, timmTensors, type Sizes } from './checkpoint';
import type { Rules } from './reference';

/** A made-up checkpoint that does something otherwise than a plain ViT, under timm's names. */
export interface Variant {
	readonly name: string;
	/** What the head reads. */
	readonly pooling?: ViTConfig['pooling'];
	/** Where they are others than those of all. */
	readonly sizes?: Sizes;
	/** Tensors that take the place of the plain ones of the same names, or come beside them. */
	tensors(make: Make): TensorToWrite[];
	/** Plain tensors that it has not. */
	readonly without?: RegExp;
	readonly config?: Record<string, unknown>;
}

type Make = (name: string, shape: number[], around?: number) => TensorToWrite;

const { dim, mlp, classes, depth } = SIZES;
const grid = (SIZES.image / SIZES.patch) ** 2;
const eachBlock = (make: (block: string) => TensorToWrite[]) =>
	Array.from({ length: depth }, (_, i) => make(`blocks.${i}`)).flat();
const layer = (make: Make, name: string, outputs: number, inputs: number) => [
	make(`${name}.weight`, [outputs, inputs]),
	make(`${name}.bias`, [outputs])
];

/** Heads whose features rotary positions turn in fours. */
const TURNED: Sizes = { ...SIZES, dim: 24 };

/** DINOv3's tensors under timm's names. */
const dino3 = (make: Make, { dim, depth }: Sizes): TensorToWrite[] => [
	make('reg_token', [1, 2, dim]),
	...Array.from({ length: depth }, (_, i) =>
		['gamma_1', 'gamma_2'].map((name) => make(`blocks.${i}.${name}`, [dim], 0.5))
	).flat()
];

/** A pooling by attention under timm's names. */
const attentionPool = (make: Make): TensorToWrite[] => [
	make('attn_pool.latent', [1, 1, dim]),
	...layer(make, 'attn_pool.q', dim, dim),
	...layer(make, 'attn_pool.kv', 2 * dim, dim),
	...layer(make, 'attn_pool.proj', dim, dim),
	...[make('attn_pool.norm.weight', [dim], 1), make('attn_pool.norm.bias', [dim])],
	...layer(make, 'attn_pool.mlp.fc1', mlp, dim),
	...layer(make, 'attn_pool.mlp.fc2', dim, mlp)
];

const clip = (architecture: string) => {
	const config = timmConfig();
	const pretrained_cfg = { ...(config.pretrained_cfg as object), tag: 'openai_ft_in1k' };
	return { ...config, architecture, pretrained_cfg, global_pool: 'token' };
};

export const VARIANTS: readonly Variant[] = [
	{
		name: 'a distillation token with its own head',
		tensors: (make) => [
			make('dist_token', [1, 1, dim]),
			make('pos_embed', [1, 2 + grid, dim]),
			...layer(make, 'head_dist', classes, dim)
		]
	},
	{
		name: 'registers with positions',
		tensors: (make) => [make('reg_token', [1, 3, dim]), make('pos_embed', [1, 4 + grid, dim])]
	},
	{
		name: 'positions of the patches only, registers and layer scale',
		tensors: (make) => [
			make('reg_token', [1, 4, dim]),
			make('pos_embed', [1, grid, dim]),
			...eachBlock((block) => [make(`${block}.ls1.gamma`, [dim], 0.5), make(`${block}.ls2.gamma`, [dim], 0.5)])
		]
	},
	{
		name: 'a gated feed-forward part',
		tensors: (make) => eachBlock((block) => layer(make, `${block}.mlp.fc1`, 2 * mlp, dim))
	},
	{
		name: 'the mean of the patches, normalised afterwards',
		pooling: 'mean',
		without: /^norm\./,
		tensors: (make) => [make('fc_norm.weight', [dim], 1), make('fc_norm.bias', [dim])],
		config: { global_pool: 'avg' }
	},
	{
		name: 'a head that reads CLS and the mean of the patches',
		pooling: 'cls+mean',
		tensors: (make) => [
			make('reg_token', [1, 2, dim]),
			make('pos_embed', [1, grid, dim]),
			make('head.weight', [classes, 2 * dim])
		]
	},
	{
		name: 'no CLS, and a head that reads the mean of the patches',
		pooling: 'mean',
		without: /^(norm\.|cls_token$)/,
		tensors: (make) => [
			make('pos_embed', [1, grid, dim]),
			make('fc_norm.weight', [dim], 1),
			make('fc_norm.bias', [dim])
		],
		config: { global_pool: 'avg' }
	},
	{
		name: 'no CLS, one register, and a head that reads the mean of the patches',
		pooling: 'mean',
		without: /^(norm\.|cls_token$)/,
		tensors: (make) => [
			make('reg_token', [1, 1, dim]),
			make('pos_embed', [1, 1 + grid, dim]),
			make('fc_norm.weight', [dim], 1),
			make('fc_norm.bias', [dim])
		],
		config: { global_pool: 'avg' }
	},
	{
		name: 'rotary positions, registers and layer scale, and the mean of the patches',
		pooling: 'mean',
		sizes: TURNED,
		without: /^pos_embed$|\.qkv\.bias$/,
		tensors: (make) => dino3(make, TURNED),
		config: { architecture: 'vit_small_patch16_dinov3', global_pool: 'avg' }
	},
	{
		name: 'rotary positions, a gate, no bias for keys, and the mean of the patches',
		pooling: 'mean',
		sizes: { ...TURNED, heads: 2 },
		without: /^pos_embed$|\.(qkv\.bias|fc1\.\w+)$/,
		tensors: (make) => [
			...dino3(make, TURNED),
			...eachBlock((block) => [
				...['q_bias', 'v_bias'].map((name) => make(`${block}.attn.${name}`, [TURNED.dim])),
				...layer(make, `${block}.mlp.fc1_g`, mlp, TURNED.dim),
				...layer(make, `${block}.mlp.fc1_x`, mlp, TURNED.dim)
			])
		],
		config: { architecture: 'vit_small_plus_patch16_dinov3_qkvb', global_pool: 'avg' }
	},
	{
		name: 'a norm before the blocks and no bias for the patches',
		without: /^patch_embed\.proj\.bias$/,
		tensors: (make) => [make('norm_pre.weight', [dim], 1), make('norm_pre.bias', [dim])],
		config: clip('vit_base_patch16_clip_224')
	},
	{
		name: 'a norm before the blocks, and quick GELU',
		tensors: (make) => [make('norm_pre.weight', [dim], 1), make('norm_pre.bias', [dim])],
		config: clip('vit_base_patch16_clip_quickgelu_224')
	},
	{
		name: 'a head that reads the mean of the patches, weighted by a learned query',
		pooling: 'map',
		without: /^cls_token$/,
		tensors: (make) => [make('pos_embed', [1, grid, dim]), ...attentionPool(make)],
		config: { global_pool: 'map' }
	}
];

/** The tensors of a variant, in no order of meaning. */
export function variantTensors({ tensors, without, sizes }: Variant): TensorToWrite[] {
	const next = random(11);
	const others = tensors((name, shape, around = 0) => ({
		name,
		shape,
		data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => around + 0.4 * next())
	}));
	const names = new Set(others.map(({ name }) => name));
	return [...timmTensors(sizes).filter(({ name }) => !names.has(name) && !without?.test(name)), ...others];
}

export function variantCheckpoint(variant: Variant): CheckpointFiles {
	return {
		config: configOf(variant),
		preprocessor: null,
		weights: fileOf(variantTensors(variant))
	};
}

/** Where an architecture's name stands for a width, the file says its own, as timm's do. */
function configOf({ sizes = SIZES, config = {} }: Variant): Record<string, unknown> {
	const plain = timmConfig(sizes);
	return { ...plain, ...config, model_args: { ...(plain.model_args as object), embed_dim: sizes.dim } };
}

/** How a variant's plain computation differs from the plain one beyond what its tensors show. */
export function rulesOf({ config = {}, pooling = 'cls' }: Variant): Rules {
	const architecture = String(config.architecture ?? '');
	return {
		pooling,
		eps: /_clip_|_dinov3/.test(architecture) ? 1e-5 : 1e-6,
		quickGelu: architecture.includes('quickgelu')
	};
}
