import * as tf from '@tensorflow/tfjs-core';
import { loadWeights } from './checkpoint/load';
import { readConfig } from './checkpoint/read-config';
import type { ViTConfig } from './config';
import type { Family, Network } from './families';
import { forward, type ViTWeights } from './vit';
import { namedWeights } from './vit-weights';

/** ViT, DeiT, DINO and DINOv2: one sequence of tokens through all blocks. */
export const vitFamily: Family = {
	read(json, preprocessor, shapeOf) {
		const found = readConfig(json, preprocessor, shapeOf);
		if (!found) return null;
		const { config, names } = found;
		return {
			config,
			load(stored) {
				const { weights, parameters } = loadWeights(config, names, stored);
				return networkOf(config, weights, parameters);
			}
		};
	}
};

function networkOf(config: ViTConfig, weights: ViTWeights, parameters: number): Network {
	const named = namedWeights(weights);
	return {
		config,
		parameters,
		weights: named,
		forward: (pixels, trace, options) => forward(config, weights, pixels, trace, options),
		at: () => networkOf(config, weights, parameters),
		dispose: () => tf.dispose([...named.values()])
	};
}
