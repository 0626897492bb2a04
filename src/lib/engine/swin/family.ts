import * as tf from '@tensorflow/tfjs-core';
import { PatchworkError } from '../../errors';
import type { Family, Network } from '../families';
import type { SwinConfig } from './config';
import { swinForward } from './forward';
import { loadSwin, type LoadedSwin } from './load';
import { PlacedBlocks } from './placed';
import { checkSize, readSwinConfig } from './read-config';
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

/** @param ownsWeights false for the same model at another size, which shares its tensors */
function networkOf(config: SwinConfig, loaded: LoadedSwin, ownsWeights = true): Network {
	const { weights, tables, parameters } = loaded;
	const named = namedSwinWeights(weights);
	const placed = new PlacedBlocks(config, tables);
	return {
		config,
		parameters,
		weights: named,
		forward: (pixels, trace, options) => swinForward(config, weights, placed, pixels, trace, options),
		at: (imageSize) => networkOf(resized(config, imageSize), loaded, false),
		dispose: () => {
			placed.dispose();
			if (ownsWeights) tf.dispose([...named.values()]);
		}
	};
}

/** @throws PatchworkError `request` for a model with positions that were learned for one size, `config` for a size too large */
function resized(config: SwinConfig, imageSize: SwinConfig['imageSize']): SwinConfig {
	if (config.absolutePositions && imageSize.join() !== config.imageSize.join()) {
		throw new PatchworkError('request', 'This Swin has absolute positions, which were learned for its own size alone.');
	}
	const next = { ...config, imageSize, preprocess: { ...config.preprocess, size: imageSize } };
	checkSize(next);
	return next;
}
