import { isViT, type ModelConfig } from '../../engine/families';
import type { ViTConfig } from '../../engine/vit/config';
import { stageOf } from '../../engine/swin/config';
import { ownName } from '../kit/where';
import { blockAt } from '../kit/blocks';

/** The feed-forward part of one block, of a ViT or of a Swin. */
export interface Part extends Pick<ViTConfig, 'dim' | 'mlpDim' | 'mlp' | 'layerScale'> {
	/** What the names of the block's taps begin with: `blocks.3`, or of a Swin `stages.1.blocks.0`. */
	readonly block: string;
}

/** @param block from 0, of a Swin through all stages; one that is not there stands for the last */
export function partOf(config: ModelConfig, block: number): Part {
	const { stage, stem, dim } = blockAt(config, block);
	if (!isViT(config)) {
		return { block: stem, dim, mlpDim: stageOf(config, stage).mlpDim, mlp: 'gelu', layerScale: false };
	}
	const { mlpDim, mlp, layerScale } = config;
	return { block: stem, dim, mlpDim, mlp, layerScale };
}

/** The taps that the part is made of, and the parameters of its first layer. */
export function namesOf(part: Part) {
	const { block, mlp } = part;
	return {
		input: `${block}.norm2`,
		/** What the curve bends. */
		hidden: ownName(`${block}.mlp.pre_gelu`, part),
		value: mlp === 'swiglu' ? `${block}.mlp.value` : null,
		active: ownName(`${block}.mlp.post_gelu`, part),
		out: `${block}.mlp.out`,
		fc1: { weight: `parameters.${block}.fc1.weight`, bias: `parameters.${block}.fc1.bias` }
	};
}
