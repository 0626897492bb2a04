import { bad, inJson, quoted, type Json } from './fields';

/** Arguments that only matter in training, or that choose how the same numbers are computed. */
const TRAINING = [
	'drop_rate',
	'pos_drop_rate',
	'patch_drop_rate',
	'proj_drop_rate',
	'attn_drop_rate',
	'drop_path_rate',
	'weight_init',
	'fix_init',
	'pretrained',
	'pretrained_strict',
	'scriptable',
	'exportable',
	'device',
	'dtype',
	// They let a model take other sizes than its own; ours takes those that patches fill in any case.
	'dynamic_img_size',
	'dynamic_img_pad',
	'strict_img_size'
];

/** Which of `model_args` a family reads or finds in the weights, and which it runs with one value only. */
export interface KnownArgs {
	readonly read: readonly string[];
	/** By name: the values that are the same as leaving it out. */
	readonly only: Readonly<Record<string, readonly unknown[]>>;
}

/** What timm takes for an argument that is not given. */
const UNSET = [null, ''];

/** timm's `VisionTransformer` (1.0.29). */
export const VIT_ARGS: KnownArgs = {
	read: [
		...['img_size', 'patch_size', 'in_chans', 'num_classes', 'global_pool', 'embed_dim', 'depth', 'num_heads'],
		...['mlp_ratio', 'qkv_bias', 'init_values', 'class_token', 'no_embed_class', 'reg_tokens', 'fc_norm', 'act_layer']
	],
	only: {
		pos_embed: ['learn'],
		qk_norm: [false],
		scale_attn_norm: [false],
		scale_mlp_norm: [false],
		proj_bias: [true],
		pre_norm: [false],
		final_norm: [true],
		pool_include_prefix: [false],
		norm_layer: [...UNSET, 'layernorm'],
		embed_norm_layer: UNSET,
		embed_layer: UNSET,
		block_fn: UNSET,
		attn_layer: UNSET,
		mlp_layer: UNSET
	}
};

/** timm's `SwinTransformer` (1.0.29). */
export const SWIN_ARGS: KnownArgs = {
	read: [
		...['img_size', 'patch_size', 'in_chans', 'num_classes', 'embed_dim', 'depths', 'num_heads', 'window_size'],
		...['always_partition', 'mlp_ratio', 'qkv_bias', 'ape', 'patch_norm']
	],
	only: {
		global_pool: [...UNSET, 'avg'],
		head_dim: UNSET,
		norm_layer: [...UNSET, 'layernorm'],
		embed_layer: UNSET
	}
};

/** @throws PatchworkError `config` naming an argument that we don't know, or don't run with its value */
export function checkArgs(args: Json, { read, only }: KnownArgs): void {
	for (const [name, value] of Object.entries(args)) {
		if (read.includes(name) || TRAINING.includes(name)) continue;
		const fine = Object.hasOwn(only, name) ? only[name] : undefined;
		if (!fine) throw bad(`has ${quoted(name)} = ${inJson(value)} in model_args, which we don't know`);
		if (!fine.includes(value)) throw bad(`has ${quoted(name)} = ${inJson(value)} in model_args, which we don't run`);
	}
}
