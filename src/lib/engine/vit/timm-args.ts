import { UNSET, type KnownArgs } from '../checkpoint/timm-args';

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
