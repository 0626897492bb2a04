import { isViT, type ModelConfig, type ViTConfig } from '../../engine/config';
import { stageOf } from '../../engine/swin/config';
import { clampIndex } from '../../lesson/attributes';
import { ownName, swinBlockAt } from '../../lesson/where';

/** The feed-forward part of one block, of a ViT or of a Swin. */
export interface Part extends Pick<ViTConfig, 'dim' | 'mlpDim' | 'mlp' | 'layerScale'> {
	/** What the names of the block's taps begin with: `blocks.3`, or of a Swin `stages.1.blocks.0`. */
	readonly block: string;
}

/** @param block from 0, of a Swin through all stages; one that is not there stands for the last */
export function partOf(config: ModelConfig, block: number): Part {
	if (isViT(config)) {
		const { depth, dim, mlpDim, mlp, layerScale } = config;
		return { block: `blocks.${clampIndex(block, depth)}`, dim, mlpDim, mlp, layerScale };
	}
	const { stage, stem } = swinBlockAt(config, block);
	const { dim, mlpDim } = stageOf(config, stage);
	return { block: stem, dim, mlpDim, mlp: 'gelu', layerScale: false };
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
		fc1: { weight: `weights.${block}.fc1.weight`, bias: `weights.${block}.fc1.bias` }
	};
}
