import * as tf from '@tensorflow/tfjs-core';
import { loadWeights, type LoadedWeights } from './load';
import type { CheckpointNames } from './names';
import type { TensorMaker } from '../checkpoint/tensor-maker';
import { patchGrid } from '../config';
import { prefixTokens, tokenCount, type ViTConfig } from './config';
import { withParameters } from '../edits/parameters';
import type { Network } from '../network';
import type { Reading } from '../reader';
import { positionsFor } from './positions';
import { turnsOf } from './rotary';
import { vitSteps } from './steps';
import { namedWeights, type RotaryWeights, type ViTWeights } from './parameters';
import type { Parameter } from '../parameter';

/** Puts a ViT's parameters on the current backend. @throws PatchworkError `checkpoint` */
export function vitNetwork(
	{ config, names }: Reading<ViTConfig, CheckpointNames>,
	tensors: TensorMaker
): Network<ViTConfig> {
	const loaded = loadWeights(config, names, tensors);
	const own = namedWeights({ ...loaded.weights, posEmbed: null, rotary: null });
	return networkOf(config, loaded, [...own.values()]);
}

/** @param own the parameters that go when this network is disposed, besides those of its size */
function networkOf(config: ViTConfig, loaded: LoadedWeights, own: readonly Parameter[]): Network<ViTConfig> {
	const posEmbed = loaded.positions && addedPositions(config, loaded.positions);
	const rotary = config.rotary && turnsOn(config);
	const weights: ViTWeights = { ...loaded.weights, posEmbed, rotary };
	return {
		config,
		parameters: loaded.parameters,
		weights: namedWeights(weights),
		steps: (replaced) => vitSteps(config, withParameters(weights, replaced)),
		at: (other) => networkOf(other, loaded, []),
		dispose() {
			for (const parameter of own) parameter.dispose();
			for (const tensor of [posEmbed, rotary?.cos, rotary?.sin]) tensor?.dispose();
		}
	};
}

/** @param learned as {@link LoadedWeights.positions} @returns (n, dim) */
function addedPositions(config: ViTConfig, learned: Float32Array): tf.Tensor2D {
	const { rows, columns } = patchGrid(config);
	const values = positionsFor(learned, config.dim, config.positions, [rows, columns], prefixTokens(config));
	return tf.tensor2d(values, [values.length / config.dim, config.dim]);
}

function turnsOn(config: ViTConfig): RotaryWeights {
	const { cos, sin } = turnsOf(config);
	const shape: [number, number] = [tokenCount(config), config.dim / config.heads];
	return { cos: tf.tensor2d(cos, shape), sin: tf.tensor2d(sin, shape) };
}
