import type * as tf from '@tensorflow/tfjs-core';
import type { LayerNorm } from '../ops/layer-norm';
import type { Linear } from '../ops/linear';
import type { TapSpec } from '../tap';
import { namedParameters } from '../named-parameters';
import type { Parameter } from '../parameter';
import { mapWidth, offsetsIn, stageMap, tableWindow, type SwinConfig, type SwinStageConfig } from './config';

/** One block's parameters. */
export interface SwinBlockWeights {
	readonly norm1: LayerNorm;
	/** Query, key and value projections side by side. */
	readonly qkv: Linear;
	/** (offsets in a window, heads): what each head adds to a score, by where the key lies from the query. */
	readonly biasTable: tf.Tensor2D;
	readonly proj: Linear;
	readonly norm2: LayerNorm;
	readonly fc1: Linear;
	readonly fc2: Linear;
}

/** Joins 2 x 2 tokens: (4 dim) to the next stage's dim. */
export interface MergeWeights {
	readonly norm: LayerNorm;
	readonly reduction: Linear;
}

/** One stage's parameters; `merge`, which follows its blocks, is null in the last stage. */
export interface SwinStageWeights {
	readonly blocks: readonly SwinBlockWeights[];
	readonly merge: MergeWeights | null;
}

/** All parameters of a Swin Transformer. */
export interface SwinWeights {
	/** (channels * p * p, dim) and (dim). */
	readonly patchEmbed: Linear;
	readonly patchNorm: LayerNorm | null;
	/** (n, dim). */
	readonly posEmbed: tf.Tensor2D | null;
	readonly stages: readonly SwinStageWeights[];
	readonly norm: LayerNorm;
	/** Of the maps that are handed out, by their names. */
	readonly mapNorms: ReadonlyMap<string, LayerNorm>;
	readonly head: Linear | null;
}

type Axis = readonly [name: string, size: number];

const spec = (name: string, ...axes: readonly Axis[]): TapSpec => ({
	name: `parameters.${name}`,
	shape: axes.map(([, size]) => size),
	axes: axes.map(([axis]) => axis)
});

const linear = (name: string, from: Axis, to: Axis, hasBias = true): TapSpec[] => [
	spec(`${name}.weight`, from, to),
	...(hasBias ? [spec(`${name}.bias`, to)] : [])
];

const norm = (name: string, feature: Axis): TapSpec[] => [
	spec(`${name}.weight`, feature),
	spec(`${name}.bias`, feature)
];

/**
 * Every parameter of a Swin, named and shaped like a tap so that figures read both alike. A linear map is stored
 * (in, out): `y = x W + b`.
 */
export function swinWeightSpecs(config: SwinConfig): TapSpec[] {
	const { channels, patchSize, stages, patchNorm, absolutePositions, classes, qkvBias } = config;
	const { rows, columns } = stageMap(config);
	const first: Axis = ['feature', stages[0]?.dim ?? 0];
	const last: Axis = ['feature', stages.at(-1)?.dim ?? 0];
	return [
		...linear('patch_embed', ['pixel (channel, row, column)', channels * patchSize ** 2], first),
		...(patchNorm ? norm('patch_norm', first) : []),
		...(absolutePositions ? [spec('pos_embed', ['token', rows * columns], first)] : []),
		...stages.flatMap((stage, i) => [
			...Array.from({ length: stage.depth }, (_, b) => blockSpecs(`stages.${i}.blocks.${b}`, stage, qkvBias)).flat(),
			...mergeSpecs(`stages.${i}.merge`, stage, stages[i + 1])
		]),
		...config.featureMaps.flatMap((name) => norm(`feature_maps.${name}.norm`, ['feature', mapWidth(config, name)])),
		...norm('norm', last),
		...(classes > 0 ? linear('head', last, ['class', classes]) : [])
	];
}

function blockSpecs(name: string, stage: SwinStageConfig, qkvBias: boolean): TapSpec[] {
	const { dim, heads, mlpDim } = stage;
	const feature: Axis = ['feature', dim];
	return [
		...norm(`${name}.norm1`, feature),
		...linear(`${name}.qkv`, feature, ['query, key, value (head, head feature)', 3 * dim], qkvBias),
		spec(`${name}.bias_table`, ['offset (row, column)', offsetsIn(tableWindow(stage))], ['head', heads]),
		...linear(`${name}.proj`, ['head, head feature', dim], feature),
		...norm(`${name}.norm2`, feature),
		...linear(`${name}.fc1`, feature, ['hidden', mlpDim]),
		...linear(`${name}.fc2`, ['hidden', mlpDim], feature)
	];
}

function mergeSpecs(name: string, { dim }: SwinStageConfig, next: SwinStageConfig | undefined): TapSpec[] {
	if (!next) return [];
	const joined: Axis = ['token (column, row), feature', 4 * dim];
	return [...norm(`${name}.norm`, joined), ...linear(`${name}.reduction`, joined, ['feature', next.dim], false)];
}

const BLOCK_LAYERS = ['norm1', 'qkv', 'proj', 'norm2', 'fc1', 'fc2'] as const;

/** The tensors by the names that {@link swinWeightSpecs} gives them. */
export function namedSwinWeights(weights: SwinWeights): ReadonlyMap<string, Parameter> {
	return namedParameters(({ add, addLayer }) => {
		addLayer('patch_embed', weights.patchEmbed);
		addLayer('patch_norm', weights.patchNorm);
		add('pos_embed', weights.posEmbed);
		for (const [i, { blocks, merge }] of weights.stages.entries()) {
			for (const [b, block] of blocks.entries()) {
				for (const layer of BLOCK_LAYERS) addLayer(`stages.${i}.blocks.${b}.${layer}`, block[layer]);
				add(`stages.${i}.blocks.${b}.bias_table`, block.biasTable);
			}
			addLayer(`stages.${i}.merge.norm`, merge?.norm ?? null);
			addLayer(`stages.${i}.merge.reduction`, merge?.reduction ?? null);
		}
		for (const [name, layer] of weights.mapNorms) addLayer(`feature_maps.${name}.norm`, layer);
		addLayer('norm', weights.norm);
		addLayer('head', weights.head);
	});
}
