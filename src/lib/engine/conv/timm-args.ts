import { UNSET, type KnownArgs } from '../checkpoint/timm-args';

const COMMON = ['in_chans', 'num_classes'];
const POOLING = [...UNSET, 'avg'];
const BATCH_NORM = [...UNSET, 'batchnorm', 'batchnorm2d'];

/** timm's `ResNet` (1.0.29). What its weights show is read from them: stem, widths, depths, kinds of blocks and shortcuts. */
export const RESNET_ARGS: KnownArgs = {
	read: [
		...COMMON,
		...['layers', 'channels', 'stem_width', 'stem_type', 'avg_down', 'base_width', 'block_reduce_first'],
		...['zero_init_last', 'drop_block_rate']
	],
	only: {
		global_pool: POOLING,
		norm_layer: BATCH_NORM,
		act_layer: [...UNSET, 'relu'],
		aa_layer: UNSET,
		block_args: UNSET,
		cardinality: [null, 1],
		down_kernel_size: [null, 1],
		output_stride: [null, 32],
		replace_stem_pool: [null, false]
	}
};

/** timm's `EfficientNet` (1.0.29), which its MobileNetV2 is one of. */
export const MOBILENET_ARGS: KnownArgs = {
	read: [...COMMON, 'pad_type', 'bn_eps', 'bn_momentum', 'num_features', 'stem_size', 'fix_stem'],
	only: {
		global_pool: POOLING,
		norm_layer: BATCH_NORM,
		act_layer: [...UNSET, 'relu6'],
		aa_layer: UNSET,
		output_stride: [null, 32]
	}
};
