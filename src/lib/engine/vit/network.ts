import * as tf from '@tensorflow/tfjs-core';
import { loadWeights, type LoadedWeights } from './load';
import type { CheckpointNames } from './names';
import type { TensorMaker } from '../checkpoint/tensor-maker';
import { patchGrid } from '../config';
import { prefixTokens, type ViTConfig } from './config';
import { withParameters } from '../edits/parameters';
import type { Network } from '../network';
import type { Reading } from '../reader';
import { positionsFor } from './positions';
import { vitSteps } from './steps';
import { namedWeights, type ViTWeights } from './parameters';
import type { Parameter } from '../parameter';

/** Puts a ViT's parameters on the current backend. @throws PatchworkError `checkpoint` */
export function vitNetwork(
	{ config, names }: Reading<ViTConfig, CheckpointNames>,
	tensors: TensorMaker
): Network<ViTConfig> {
	const loaded = loadWeights(config, names, tensors);
	const own = namedWeights({ ...loaded.weights, posEmbed: null });
	return networkOf(config, loaded, [...own.values()]);
}

/** @param own the parameters that go when this network is disposed, besides its positions */
function networkOf(config: ViTConfig, loaded: LoadedWeights, own: readonly Parameter[]): Network<ViTConfig> {
	const { rows, columns } = patchGrid(config);
	const values = positionsFor(loaded.positions, config.dim, config.positions, [rows, columns], prefixTokens(config));
	const posEmbed = tf.tensor2d(values, [values.length / config.dim, config.dim]);
	const weights: ViTWeights = { ...loaded.weights, posEmbed };
	return {
		config,
		parameters: loaded.parameters,
		weights: namedWeights(weights),
		steps: (replaced) => vitSteps(config, withParameters(weights, replaced)),
		at: (other) => networkOf(other, loaded, []),
		dispose() {
			for (const parameter of [...own, posEmbed]) parameter.dispose();
		}
	};
}
