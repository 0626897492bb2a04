import * as tf from '@tensorflow/tfjs-core';
import { loadWeights, type LoadedWeights } from './checkpoint/load';
import type { CheckpointNames } from './checkpoint/names';
import type { TensorMaker } from './checkpoint/tensor-maker';
import { patchGrid, prefixTokens, type ViTConfig } from './config';
import { withParameters } from './edits/parameters';
import type { Network } from './families';
import { positionsFor } from './positions';
import { resized } from './resolution';
import { vitSteps, type ViTWeights } from './vit';
import { namedWeights } from './vit-weights';
import type { Parameter } from './weights';

/** ViT, DeiT, DINO, DINOv2, MAE, MSN and I-JEPA: one sequence of tokens through all blocks. */
export function vitNetwork(
	{ config, names }: { config: ViTConfig; names: CheckpointNames },
	tensors: TensorMaker
): Network {
	const loaded = loadWeights(config, names, tensors);
	const own = namedWeights({ ...loaded.weights, posEmbed: null });
	return networkOf(config, loaded, [...own.values()]);
}

/** @param own the parameters that go when this network is disposed, besides its positions */
function networkOf(config: ViTConfig, loaded: LoadedWeights, own: readonly Parameter[]): Network {
	const { rows, columns } = patchGrid(config);
	const values = positionsFor(loaded.positions, config.dim, config.positions, [rows, columns], prefixTokens(config));
	const posEmbed = tf.tensor2d(values, [values.length / config.dim, config.dim]);
	const weights: ViTWeights = { ...loaded.weights, posEmbed };
	return {
		config,
		parameters: loaded.parameters,
		weights: namedWeights(weights),
		steps: (replaced) => vitSteps(config, withParameters(weights, replaced)),
		at: (imageSize) => networkOf(resized(config, imageSize), loaded, []),
		dispose() {
			for (const parameter of [...own, posEmbed]) parameter.dispose();
		}
	};
}
