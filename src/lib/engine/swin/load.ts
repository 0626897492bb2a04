import type { TensorMaker } from '../checkpoint/tensor-maker';
import { mapWidth, offsetsIn, stageMap, stageOf, tableWindow, type SwinConfig } from './config';
import type { SwinNames } from './names';
import type { BiasTable } from './placed';
import type { MergeWeights, SwinBlockWeights, SwinStageWeights, SwinWeights } from './parameters';

/** A checkpoint on the current backend. */
export interface LoadedSwin {
	/** All but the absolute positions, which depend on the size of the input. */
	readonly weights: SwinWeights;
	/** These, as the checkpoint has them: one row for each token of the first map; null of a Swin without. */
	readonly positions: Float32Array | null;
	/** The bias tables once more, as numbers: one for each block of each stage. */
	readonly tables: readonly (readonly BiasTable[])[];
	readonly parameters: number;
}

/**
 * Asks for a Swin's tensors. Every weight must be there and have the shape that the configuration says; a tensor that the
 * model has no place for is an error too.
 * @throws PatchworkError `checkpoint`
 */
export function loadSwin(config: SwinConfig, names: SwinNames, tensors: TensorMaker): LoadedSwin {
	const weights = swinWeights(config, names, tensors);
	const positions = absolutePositions(config, names, tensors);
	const tables = biasTables(config, names, tensors);
	tensors.refuseLeftovers(names.unused);
	return { weights, positions, tables, parameters: tensors.parameters };
}

function swinWeights(config: SwinConfig, names: SwinNames, tensors: TensorMaker): SwinWeights {
	const { channels, patchSize, stages, classes } = config;
	const first = stageOf(config, 0).dim;
	const last = stageOf(config, stages.length - 1).dim;
	const weightShape = [first, channels, patchSize, patchSize];
	return {
		patchEmbed: tensors.linear(names.patchEmbed, channels * patchSize ** 2, first, { weightShape }),
		patchNorm: config.patchNorm ? tensors.norm(names.patchNorm, first) : null,
		posEmbed: null,
		stages: stages.map((_, s) => stageWeights(config, names, tensors, s)),
		norm: tensors.norm(names.norm, last),
		mapNorms: new Map(
			config.featureMaps.map((name) => [name, tensors.norm(names.mapNorm(name), mapWidth(config, name))])
		),
		head: classes > 0 ? tensors.linear(names.head, last, classes) : null
	};
}

function absolutePositions(config: SwinConfig, names: SwinNames, tensors: TensorMaker): Float32Array | null {
	const { rows, columns } = stageMap(config);
	return config.absolutePositions
		? tensors.values([names.posEmbed], [1, rows * columns, stageOf(config, 0).dim])
		: null;
}

function stageWeights(config: SwinConfig, names: SwinNames, tensors: TensorMaker, s: number): SwinStageWeights {
	const { depth, dim } = stageOf(config, s);
	const blocks = Array.from({ length: depth }, (_, b) => blockWeights(config, names, tensors, s, b));
	const next = config.stages[s + 1];
	return { blocks, merge: next ? mergeWeights(names, tensors, dim, next.dim, s) : null };
}

function blockWeights(
	config: SwinConfig,
	names: SwinNames,
	tensors: TensorMaker,
	s: number,
	b: number
): SwinBlockWeights {
	const { dim, heads, mlpDim, ...sides } = stageOf(config, s);
	const n = names.block(s, b);
	return {
		norm1: tensors.norm(n.norm1, dim),
		qkv: tensors.linear(n.qkv, dim, 3 * dim, { hasBias: config.qkvBias }),
		biasTable: tensors.rows(n.biasTable, [offsetsIn(tableWindow(sides)), heads], heads),
		proj: tensors.linear(n.proj, dim, dim),
		norm2: tensors.norm(n.norm2, dim),
		fc1: tensors.linear(n.fc1, dim, mlpDim),
		fc2: tensors.linear(n.fc2, mlpDim, dim)
	};
}

function mergeWeights(names: SwinNames, tensors: TensorMaker, dim: number, next: number, s: number): MergeWeights {
	const { norm, reduction } = names.merge(s);
	return { norm: tensors.norm(norm, 4 * dim), reduction: tensors.linear(reduction, 4 * dim, next, { hasBias: false }) };
}

/** The tables are small; reading them a second time is simpler than reading them back from a GPU. */
function biasTables({ stages }: SwinConfig, names: SwinNames, tensors: TensorMaker): BiasTable[][] {
	return stages.map(({ depth, heads, ...sides }, s) =>
		Array.from({ length: depth }, (_, b) =>
			tensors.values([names.block(s, b).biasTable], [offsetsIn(tableWindow(sides)), heads])
		)
	);
}
