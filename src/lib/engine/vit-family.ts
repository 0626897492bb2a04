import * as tf from '@tensorflow/tfjs-core';
import { loadWeights, type LoadedWeights } from './checkpoint/load';
import { readConfig } from './checkpoint/read-config';
import { patchGrid, prefixTokens, type ViTConfig } from './config';
import type { Family, Network } from './families';
import { positionsFor } from './positions';
import { resized } from './resolution';
import { forward, type ViTWeights } from './vit';
import { namedWeights } from './vit-weights';
import type { Parameter } from './weights';

/** ViT, DeiT, DINO and DINOv2: one sequence of tokens through all blocks. */
export const vitFamily: Family = {
	read(json, preprocessor, shapeOf) {
		const found = readConfig(json, preprocessor, shapeOf);
		if (!found) return null;
		const { config, names } = found;
		return {
			config,
			load(stored) {
				const loaded = loadWeights(config, names, stored);
				const own = namedWeights({ ...loaded.weights, posEmbed: null });
				return networkOf(config, loaded, [...own.values()]);
			}
		};
	}
};

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
		forward: (pixels, trace, options) => forward(config, weights, pixels, trace, options),
		at: (imageSize) => networkOf(resized(config, imageSize), loaded, []),
		dispose() {
			for (const parameter of [...own, posEmbed]) parameter.dispose();
		}
	};
}
