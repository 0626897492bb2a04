import { UNSET, type KnownArgs } from '../checkpoint/timm-args';

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
