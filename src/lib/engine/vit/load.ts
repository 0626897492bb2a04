import { headInputs, poolsByAttention, type ViTConfig } from './config';
import type { BlockWeights, PoolWeights, ViTWeights } from './parameters';
import type { CheckpointNames, PoolNames } from './names';
import type { TensorMaker } from '../checkpoint/tensor-maker';

/** What a checkpoint gave. Its positions are still for the grid that they were learned for. */
export interface LoadedWeights {
	readonly weights: Omit<ViTWeights, 'posEmbed' | 'rotary'>;
	/** (positions.prefix + rows * columns of positions.grid, dim); null where positions are rotary. */
	readonly positions: Float32Array | null;
	/** Number of parameters. */
	readonly parameters: number;
}

/**
 * Asks for the model's tensors. Every weight must be there and have the shape that the configuration says; a tensor that
 * the model has no place for is an error too, because it means that the file is of another architecture than it says.
 * @throws PatchworkError `checkpoint`
 */
export function loadWeights(config: ViTConfig, names: CheckpointNames, tensors: TensorMaker): LoadedWeights {
	const { dim, cls, registers, distilled, positions } = config;
	const { posEmbed, batchAxes } = names;
	const places = positions.prefix + positions.grid[0] * positions.grid[1];
	const values = posEmbed === null ? null : tensors.values([posEmbed], batchAxes ? [1, places, dim] : [places, dim]);
	const weights = {
		...embedding(config, names, tensors),
		clsToken: cls ? tensors.rows(names.clsToken, batchAxes ? [1, 1, dim] : [dim], dim) : null,
		distToken: distilled ? tensors.rows(names.distToken, [1, 1, dim], dim) : null,
		registers: registers > 0 ? tensors.rows(names.registers, [1, registers, dim], dim) : null,
		blocks: Array.from({ length: config.depth }, (_, i) => blockWeights(config, names, tensors, i)),
		...ending(config, names, tensors)
	};
	tensors.refuseLeftovers(names.unused);
	return { weights, positions: values, parameters: tensors.parameters };
}

function embedding(config: ViTConfig, names: CheckpointNames, tensors: TensorMaker) {
	const { dim, channels, patchSize, preNorm } = config;
	const weightShape = [dim, channels, patchSize, patchSize];
	return {
		patchEmbed: tensors.linear(names.patchEmbed, channels * patchSize ** 2, dim, {
			weightShape,
			bias: names.patchBias
		}),
		preNorm: preNorm && names.preNorm ? tensors.norm(names.preNorm, dim) : null
	};
}

function blockWeights(config: ViTConfig, names: CheckpointNames, tensors: TensorMaker, i: number): BlockWeights {
	const { dim, mlp, mlpDim, qkvBias, layerScale } = config;
	const n = names.block(i);
	return {
		norm1: tensors.norm(n.norm1, dim),
		qkv: tensors.linear(n.qkv, dim, 3 * dim, { hasBias: qkvBias, bias: n.qkvBias }),
		proj: tensors.linear(n.proj, dim, dim),
		scale1: layerScale ? tensors.vector([n.scale1], dim) : null,
		norm2: tensors.norm(n.norm2, dim),
		fc1: tensors.linear(n.fc1, dim, mlp === 'swiglu' ? 2 * mlpDim : mlpDim),
		fc2: tensors.linear(n.fc2, mlpDim, dim),
		scale2: layerScale ? tensors.vector([n.scale2], dim) : null
	};
}

/** All that comes after the last block. */
function ending(config: ViTConfig, names: CheckpointNames, tensors: TensorMaker) {
	const { dim, classes, finalNorm, distillationHead, projectionDim, projectionBias: hasBias } = config;
	const pooledNorm = finalNorm === 'pooled' ? names.pooledNorm : null;
	const { projection } = names;
	return {
		norm: finalNorm === 'tokens' ? tensors.norm(names.norm, dim) : null,
		pool: poolsByAttention(config) && names.pool ? poolWeights(config, names.pool, tensors) : null,
		pooledNorm: pooledNorm && tensors.norm(pooledNorm, dim),
		head: classes > 0 ? tensors.linear(names.head, headInputs(config), classes) : null,
		projection: projectionDim > 0 && projection ? tensors.linear(projection, dim, projectionDim, { hasBias }) : null,
		distHead: distillationHead ? tensors.linear(names.distHead, dim, classes) : null
	};
}

function poolWeights({ dim, poolMlpDim }: ViTConfig, names: PoolNames, tensors: TensorMaker): PoolWeights {
	const part = ({ layer, part }: PoolNames['query'], outputs: number) => {
		const first = part === 'others' ? dim : 0;
		return tensors.linear(layer, dim, outputs, part ? { within: { first, outputs: 3 * dim } } : {});
	};
	return {
		probe: tensors.rows(names.probe, [1, 1, dim], dim),
		query: part(names.query, dim),
		keyValue: part(names.keyValue, 2 * dim),
		proj: tensors.linear(names.proj, dim, dim),
		norm: tensors.norm(names.norm, dim),
		fc1: tensors.linear(names.fc1, dim, poolMlpDim),
		fc2: tensors.linear(names.fc2, poolMlpDim, dim)
	};
}
