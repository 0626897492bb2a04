import type * as tf from '@tensorflow/tfjs-core';
import { headInputs, keeps, poolsByAttention, tokenCount, type ViTConfig } from './config';
import type { LayerNorm } from '../ops/layer-norm';
import type { Linear } from '../ops/linear';
import type { TapSpec } from '../tap';
import { namedParameters } from '../named-parameters';
import type { Parameter } from '../parameter';

/** One encoder block's parameters. */
export interface BlockWeights {
	/** This one and `norm2` are null in a model without norms. */
	readonly norm1: LayerNorm | null;
	/** Query, key and value projections side by side. */
	readonly qkv: Linear;
	readonly proj: Linear;
	/** Layer scale of what attention adds, (dim); null without. */
	readonly scale1: tf.Tensor1D | null;
	readonly norm2: LayerNorm | null;
	/** With a gate, the gate's outputs and then the values'. */
	readonly fc1: Linear;
	readonly fc2: Linear;
	/** Layer scale of what the feed-forward part adds, (dim); null without. */
	readonly scale2: tf.Tensor1D | null;
}

/** The pooling by a learned query. */
export interface PoolWeights {
	/** What the query is made of, (1, dim). */
	readonly probe: tf.Tensor2D;
	readonly query: Linear;
	/** Key and value projections side by side. */
	readonly keyValue: Linear;
	readonly proj: Linear;
	readonly norm: LayerNorm;
	readonly fc1: Linear;
	readonly fc2: Linear;
}

/** Of every token, what its queries and keys are turned by: both (n, features of a head), see `rotary.ts`. */
export interface RotaryWeights {
	readonly cos: tf.Tensor2D;
	readonly sin: tf.Tensor2D;
}

/** All parameters of a Vision Transformer. */
export interface ViTWeights {
	/** (channels * p * p, dim) and (dim). */
	readonly patchEmbed: Linear;
	/** (1, dim), or null. */
	readonly clsToken: tf.Tensor2D | null;
	/** (1, dim), or null. */
	readonly distToken: tf.Tensor2D | null;
	/** (registers, dim), or null. */
	readonly registers: tf.Tensor2D | null;
	/** (n, dim); zeros for a token that has no position. Null where positions are rotary. */
	readonly posEmbed: tf.Tensor2D | null;
	/** Computed, not learned; null without. */
	readonly rotary: RotaryWeights | null;
	/** Before the first block, or null. */
	readonly preNorm: LayerNorm | null;
	readonly blocks: readonly BlockWeights[];
	/** Of the tokens; null where it comes after the pooling. */
	readonly norm: LayerNorm | null;
	readonly pool: PoolWeights | null;
	readonly pooledNorm: LayerNorm | null;
	readonly head: Linear | null;
	/** Into the space that pictures share with captions, or null. */
	readonly projection: Linear | null;
	/** Of the distillation token. */
	readonly distHead: Linear | null;
}

type Axis = readonly [name: string, size: number];

const spec = (name: string, ...axes: readonly Axis[]): TapSpec => ({
	name: `parameters.${name}`,
	shape: axes.map(([, size]) => size),
	axes: axes.map(([axis]) => axis)
});

/** Every parameter of a ViT, with what its queries and keys are turned by, which is computed and counts as none. */
export function vitWeightSpecs(config: ViTConfig): TapSpec[] {
	const { channels, patchSize, dim, mlpDim, qkvBias, classes, depth, cls, distilled, registers } = config;
	const { rotary, preNorm, projectionDim, projectionBias, poolMlpDim } = config;
	const feature: Axis = ['feature', dim];
	const token: Axis = ['token', tokenCount(config)];
	const linear = (name: string, from: Axis, to: Axis, hasBias = true): TapSpec[] => [
		spec(`${name}.weight`, from, to),
		...(hasBias ? [spec(`${name}.bias`, to)] : [])
	];
	const norm = (name: string): TapSpec[] => [spec(`${name}.weight`, feature), spec(`${name}.bias`, feature)];
	const scale = (name: string) => (config.layerScale ? [spec(name, feature)] : []);
	const read: Axis = ['feature', headInputs(config)];
	const block = (name: string): TapSpec[] => [
		...(keeps(config, 'norms') ? norm(`${name}.norm1`) : []),
		...linear(`${name}.qkv`, feature, ['query, key, value (head, head feature)', 3 * dim], qkvBias),
		...linear(`${name}.proj`, ['head, head feature', dim], feature),
		...scale(`${name}.layer_scale1`),
		...(keeps(config, 'norms') ? norm(`${name}.norm2`) : []),
		...linear(
			`${name}.fc1`,
			feature,
			config.mlp === 'gelu' ? ['hidden', mlpDim] : ['gate, value (hidden)', 2 * mlpDim]
		),
		...linear(`${name}.fc2`, ['hidden', mlpDim], feature),
		...scale(`${name}.layer_scale2`)
	];
	const pool = (): TapSpec[] => [
		spec('pool.probe', ['learned query', 1], feature),
		...linear('pool.query', feature, ['head, head feature', dim]),
		...linear('pool.key_value', feature, ['key, value (head, head feature)', 2 * dim]),
		...linear('pool.proj', ['head, head feature', dim], feature),
		...norm('pool.norm'),
		...linear('pool.fc1', feature, ['hidden', poolMlpDim]),
		...linear('pool.fc2', ['hidden', poolMlpDim], feature)
	];
	const turns = ['rotary.cos', 'rotary.sin'].map((name) => spec(name, token, ['head feature', dim / config.heads]));
	const finalNorm = { tokens: 'norm', pooled: 'pooled_norm', none: null }[config.finalNorm];
	return [
		...linear('patch_embed', ['pixel (channel, row, column)', channels * patchSize ** 2], feature),
		...(cls ? [spec('cls_token', ['token', 1], feature)] : []),
		...(distilled ? [spec('dist_token', ['token', 1], feature)] : []),
		...(registers > 0 ? [spec('reg_tokens', ['token', registers], feature)] : []),
		...(rotary ? turns : [spec('pos_embed', token, feature)]),
		...(preNorm ? norm('pre_norm') : []),
		...Array.from({ length: depth }, (_, i) => block(`blocks.${i}`)).flat(),
		...(finalNorm ? norm(finalNorm) : []),
		...(poolsByAttention(config) ? pool() : []),
		...(classes > 0 ? linear('head', read, ['class', classes]) : []),
		...(projectionDim > 0 ? linear('visual_projection', feature, ['dimension', projectionDim], projectionBias) : []),
		...(config.distillationHead ? linear('head_dist', feature, ['class', classes]) : [])
	];
}

const BLOCK_LAYERS = ['norm1', 'qkv', 'proj', 'norm2', 'fc1', 'fc2'] as const;
const POOL_LAYERS = {
	query: 'query',
	keyValue: 'key_value',
	proj: 'proj',
	norm: 'norm',
	fc1: 'fc1',
	fc2: 'fc2'
} as const;

/** The model's tensors by the names that {@link vitWeightSpecs} gives them. */
export function namedWeights(weights: ViTWeights): ReadonlyMap<string, Parameter> {
	return namedParameters(({ add, addLayer }) => {
		addLayer('patch_embed', weights.patchEmbed);
		add('cls_token', weights.clsToken);
		add('dist_token', weights.distToken);
		add('reg_tokens', weights.registers);
		add('pos_embed', weights.posEmbed);
		add('rotary.cos', weights.rotary?.cos ?? null);
		add('rotary.sin', weights.rotary?.sin ?? null);
		addLayer('pre_norm', weights.preNorm);
		for (const [i, block] of weights.blocks.entries()) {
			for (const layer of BLOCK_LAYERS) addLayer(`blocks.${i}.${layer}`, block[layer]);
			add(`blocks.${i}.layer_scale1`, block.scale1);
			add(`blocks.${i}.layer_scale2`, block.scale2);
		}
		addLayer('norm', weights.norm);
		addLayer('pooled_norm', weights.pooledNorm);
		const { pool } = weights;
		add('pool.probe', pool?.probe ?? null);
		for (const [own, name] of Object.entries(POOL_LAYERS))
			addLayer(`pool.${name}`, pool?.[own as keyof typeof POOL_LAYERS] ?? null);
		addLayer('head', weights.head);
		addLayer('visual_projection', weights.projection);
		addLayer('head_dist', weights.distHead);
	});
}
