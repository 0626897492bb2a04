import * as tf from '@tensorflow/tfjs-core';
import type { TensorMaker } from '../checkpoint/tensor-maker';
import { withParameters } from '../edits/parameters';
import type { Network } from '../network';
import { interpolate } from '../positions';
import type { Reading } from '../reader';
import type { Parameter } from '../parameter';
import { stageMap, stageOf, type MapSize, type SwinConfig } from './config';
import { swinSteps } from './steps';
import { loadSwin, type LoadedSwin } from './load';
import type { SwinNames } from './names';
import { PlacedBlocks } from './placed';
import { namedSwinWeights } from './parameters';

/** Puts a Swin's parameters on the current backend. @throws PatchworkError `checkpoint` */
export function swinNetwork(
	{ config, names }: Reading<SwinConfig, SwinNames>,
	tensors: TensorMaker
): Network<SwinConfig> {
	const loaded = loadSwin(config, names, tensors);
	return networkOf(config, loaded, stageMap(config), [...namedSwinWeights(loaded.weights).values()]);
}

/**
 * @param learned the map that the absolute positions were learned for
 * @param own the parameters that go when this network is disposed, besides those that depend on its size
 */
function networkOf(
	config: SwinConfig,
	loaded: LoadedSwin,
	learned: MapSize,
	own: readonly Parameter[]
): Network<SwinConfig> {
	const placed = new PlacedBlocks(config, loaded.tables);
	const posEmbed = loaded.positions && positionsOn(config, loaded.positions, learned);
	const weights = { ...loaded.weights, posEmbed };
	return {
		config,
		parameters: loaded.parameters,
		weights: namedSwinWeights(weights),
		steps(replaced) {
			const used = withParameters(weights, replaced);
			return swinSteps(config, used, (s, b) => {
				const [own, other] = [weights, used].map(({ stages }) => stages[s]?.blocks[b]?.biasTable);
				return other && other !== own ? placed.with(other, s, b) : placed.block(s, b);
			});
		},
		at: (other) => networkOf(other, loaded, learned, []),
		dispose() {
			placed.dispose();
			posEmbed?.dispose();
			for (const parameter of own) parameter.dispose();
		}
	};
}

/** The absolute positions of the first map's tokens, interpolated where it is not the one that they were learned for. */
function positionsOn(config: SwinConfig, learned: Float32Array, from: MapSize): tf.Tensor2D {
	const { dim } = stageOf(config, 0);
	const { rows, columns } = stageMap(config);
	const values = interpolate(learned, dim, [from.rows, from.columns], [rows, columns], 'plain');
	return tf.tensor2d(values, [rows * columns, dim]);
}
