import { tokenCount, type ViTConfig } from '../config';
import type { BlockWeights, ViTWeights } from '../vit';
import type { CheckpointNames } from './names';
import type { StoredTensor } from './safetensors';
import { CheckpointTensors } from './tensors';

/**
 * Makes the model's tensors out of a checkpoint's. Every weight must be there and have the shape that the
 * configuration says; a tensor that the model has no place for is an error too, because it means that the
 * file is of another architecture than it says.
 * @throws PatchworkError `checkpoint`; no tensor is left behind
 */
export function loadWeights(
	config: ViTConfig,
	names: CheckpointNames,
	stored: ReadonlyMap<string, StoredTensor>
): { weights: ViTWeights; parameters: number } {
	const { dim, channels, patchSize, classes } = config;
	const tensors = new CheckpointTensors(stored);
	try {
		const weightShape = [dim, channels, patchSize, patchSize];
		const weights: ViTWeights = {
			patchEmbed: tensors.linear(names.patchEmbed, channels * patchSize ** 2, dim, { weightShape }),
			clsToken: tensors.rows(names.clsToken, [1, 1, dim], dim),
			posEmbed: tensors.rows(names.posEmbed, [1, tokenCount(config), dim], dim),
			blocks: Array.from({ length: config.depth }, (_, i) => blockWeights(config, names, tensors, i)),
			norm: tensors.norm(names.norm, dim),
			head: classes > 0 ? tensors.linear(names.head, dim, classes) : null
		};
		tensors.refuseLeftovers(names.unused);
		return { weights, parameters: tensors.parameters };
	} catch (error) {
		tensors.dispose();
		throw error;
	}
}

function blockWeights(
	{ dim, mlpDim, qkvBias }: ViTConfig,
	names: CheckpointNames,
	tensors: CheckpointTensors,
	i: number
): BlockWeights {
	const n = names.block(i);
	return {
		norm1: tensors.norm(n.norm1, dim),
		qkv: tensors.linear(n.qkv, dim, 3 * dim, { hasBias: qkvBias }),
		proj: tensors.linear(n.proj, dim, dim),
		norm2: tensors.norm(n.norm2, dim),
		fc1: tensors.linear(n.fc1, dim, mlpDim),
		fc2: tensors.linear(n.fc2, mlpDim, dim)
	};
}
