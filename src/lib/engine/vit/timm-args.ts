import { UNSET, type KnownArgs } from '../checkpoint/timm-args';

const SIZES = ['img_size', 'patch_size', 'in_chans', 'num_classes', 'global_pool', 'embed_dim', 'depth', 'num_heads'];

/** timm's `VisionTransformer` (1.0.29). */
export const VIT_ARGS: KnownArgs = {
	read: [
		...SIZES,
		...[
			'pre_norm',
			'mlp_ratio',
			'qkv_bias',
			'init_values',
			'class_token',
			'no_embed_class',
			'reg_tokens',
			'fc_norm',
			'act_layer'
		]
	],
	only: {
		pos_embed: ['learn'],
		qk_norm: [false],
		scale_attn_norm: [false],
		scale_mlp_norm: [false],
		proj_bias: [true],
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

/**
 * timm's `Eva` (1.0.29), as its DINOv3 models set it. How often an angle is rescaled, shifted or jittered is for training;
 * `rope_temperature` is read.
 */
export const DINO3_ARGS: KnownArgs = {
	read: [
		...SIZES,
		...['mlp_ratio', 'qkv_bias', 'init_values', 'class_token', 'num_reg_tokens', 'swiglu_mlp', 'rope_temperature'],
		...['swiglu_align_to', 'rope_rescale_coords', 'rope_shift_coords', 'rope_jitter_coords', 'head_init_scale']
	],
	only: {
		use_rot_pos_emb: [true],
		use_abs_pos_emb: [false],
		rope_type: ['dinov3'],
		rope_rotate_half: [true],
		rope_mixed_mode: [false],
		rope_grid_offset: [0],
		rope_grid_indexing: ['ij'],
		qkv_fused: [true],
		qkv_bias_separate: [false],
		use_fc_norm: [false],
		use_pre_transformer_norm: [false],
		use_post_transformer_norm: [true],
		use_post_norm: [false],
		scale_mlp: [false],
		scale_attn_inner: [false],
		no_embed_class: [false, true],
		attn_type: ['eva'],
		norm_layer: [...UNSET, 'layernorm'],
		act_layer: [...UNSET, 'gelu'],
		ref_feat_shape: [null],
		pool_include_prefix: [false]
	}
};
