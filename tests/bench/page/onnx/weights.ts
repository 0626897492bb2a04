import type * as tf from '@tensorflow/tfjs-core';
import type { ViTConfig } from '../../../../src/lib/engine/vit/config';
import type { LayerNorm } from '../../../../src/lib/engine/ops/layer-norm';
import type { Linear } from '../../../../src/lib/engine/ops/linear';
import type { Model } from '../../../../src/lib/engine/model';
import type { BlockWeights } from '../../../../src/lib/engine/vit/parameters';
import { named } from './named';

/** One encoder block's, which has both norms. */
interface PlainBlock extends Pick<BlockWeights, 'qkv' | 'proj' | 'fc1' | 'fc2'> {
	readonly norm1: LayerNorm;
	readonly norm2: LayerNorm;
}

/** The parameters of a plain ViT that the exported graph is made of. */
export interface PlainWeights {
	readonly patchEmbed: Linear;
	readonly clsToken: tf.Tensor;
	readonly posEmbed: tf.Tensor;
	readonly blocks: readonly PlainBlock[];
	readonly norm: LayerNorm;
	readonly head: Linear | null;
}

/** A model's tensors, layer by layer instead of by name. They stay the model's. */
export function plainWeights(model: Pick<Model, 'weights'>, { depth, classes }: ViTConfig): PlainWeights {
	const { tensor, linear, norm } = named(model);
	const block = (name: string) => ({
		norm1: norm(`${name}.norm1`),
		qkv: linear(`${name}.qkv`),
		proj: linear(`${name}.proj`),
		norm2: norm(`${name}.norm2`),
		fc1: linear(`${name}.fc1`),
		fc2: linear(`${name}.fc2`)
	});
	return {
		patchEmbed: linear('patch_embed'),
		clsToken: tensor('cls_token'),
		posEmbed: tensor('pos_embed'),
		blocks: Array.from({ length: depth }, (_, i) => block(`blocks.${i}`)),
		norm: norm('norm'),
		head: classes > 0 ? linear('head') : null
	};
}
