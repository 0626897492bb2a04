import * as tf from '@tensorflow/tfjs-core';
import type { Family, Network } from '../families';
import type { SwinConfig } from './config';
import { swinForward } from './forward';
import { loadSwin, type LoadedSwin } from './load';
import { PlacedBlocks } from './placed';
import { readSwinConfig } from './read-config';
import { namedSwinWeights } from './weights';

/** Swin, version 1: attention in windows, on maps that get coarser from stage to stage. */
export const swinFamily: Family = {
	read(json, preprocessor, shapeOf) {
		const found = readSwinConfig(json, preprocessor, shapeOf);
		if (!found) return null;
		const { config, names } = found;
		return { config, load: (stored) => networkOf(config, loadSwin(config, names, stored)) };
	}
};

function networkOf(config: SwinConfig, loaded: LoadedSwin): Network {
	const { weights, tables, parameters } = loaded;
	const named = namedSwinWeights(weights);
	const placed = new PlacedBlocks(config, tables);
	return {
		config,
		parameters,
		weights: named,
		forward: (pixels, trace, options) => swinForward(config, weights, placed, pixels, trace, options),
		at: () => networkOf(config, loaded),
		dispose: () => {
			placed.dispose();
			tf.dispose([...named.values()]);
		}
	};
}
