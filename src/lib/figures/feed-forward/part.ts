import type { ModelConfig } from '../../engine/families';
import type { TransformerBlock } from '../../engine/family';
import { transformerBlockAt } from '../kit/blocks';
import { ownName } from '../kit/where';

/** The feed-forward part of one block. */
export interface Part extends Pick<TransformerBlock, 'dim' | 'mlpDim' | 'mlp' | 'gelu' | 'layerScale'> {
	/** What the names of the block's taps begin with: `blocks.3`. */
	readonly block: string;
}

/** @param block from 0, through all stages; one that is not there stands for the last */
export function partOf(config: ModelConfig, block: number): Part {
	const { stem, dim, mlpDim, mlp, gelu, layerScale } = transformerBlockAt(config, block);
	return { block: stem, dim, mlpDim, mlp, gelu, layerScale };
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
