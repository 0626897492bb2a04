import type * as tf from '@tensorflow/tfjs-core';
import { tokenCount, type ViTConfig } from './config';
import type { LayerNorm } from './ops/layer-norm';
import type { Linear } from './ops/linear';
import type { TapSpec } from './taps';
import type { ViTWeights } from './vit';

type Axis = readonly [name: string, size: number];

const spec = (name: string, ...axes: readonly Axis[]): TapSpec => ({
	name: `weights.${name}`,
	shape: axes.map(([, size]) => size),
	axes: axes.map(([axis]) => axis)
});

/** Every parameter of a ViT. */
export function vitWeightSpecs(config: ViTConfig): TapSpec[] {
	const { channels, patchSize, dim, mlpDim, qkvBias, classes, depth } = config;
	const feature: Axis = ['feature', dim];
	const linear = (name: string, from: Axis, to: Axis, hasBias = true): TapSpec[] => [
		spec(`${name}.weight`, from, to),
		...(hasBias ? [spec(`${name}.bias`, to)] : [])
	];
	const norm = (name: string): TapSpec[] => [spec(`${name}.weight`, feature), spec(`${name}.bias`, feature)];
	const block = (name: string): TapSpec[] => [
		...norm(`${name}.norm1`),
		...linear(`${name}.qkv`, feature, ['query, key, value (head, head feature)', 3 * dim], qkvBias),
		...linear(`${name}.proj`, ['head, head feature', dim], feature),
		...norm(`${name}.norm2`),
		...linear(`${name}.fc1`, feature, ['hidden', mlpDim]),
		...linear(`${name}.fc2`, ['hidden', mlpDim], feature)
	];
	return [
		...linear('patch_embed', ['pixel (channel, row, column)', channels * patchSize ** 2], feature),
		spec('cls_token', ['token', 1], feature),
		spec('pos_embed', ['token', tokenCount(config)], feature),
		...Array.from({ length: depth }, (_, i) => block(`blocks.${i}`)).flat(),
		...norm('norm'),
		...(classes > 0 ? linear('head', feature, ['class', classes]) : [])
	];
}

const BLOCK_LAYERS = ['norm1', 'qkv', 'proj', 'norm2', 'fc1', 'fc2'] as const;

/** The model's tensors by the names that {@link vitWeightSpecs} gives them. */
export function namedWeights(weights: ViTWeights): ReadonlyMap<string, tf.Tensor> {
	const named = new Map<string, tf.Tensor>();
	const add = (name: string, tensor: tf.Tensor | null) => {
		if (tensor) named.set(`weights.${name}`, tensor);
	};
	const addLayer = (name: string, layer: Linear | LayerNorm) => {
		add(`${name}.weight`, 'scale' in layer ? layer.scale : layer.weight);
		add(`${name}.bias`, 'scale' in layer ? layer.offset : layer.bias);
	};
	addLayer('patch_embed', weights.patchEmbed);
	add('cls_token', weights.clsToken);
	add('pos_embed', weights.posEmbed);
	for (const [i, block] of weights.blocks.entries()) {
		for (const layer of BLOCK_LAYERS) addLayer(`blocks.${i}.${layer}`, block[layer]);
	}
	addLayer('norm', weights.norm);
	if (weights.head) addLayer('head', weights.head);
	return named;
}
