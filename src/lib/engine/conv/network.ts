import type { TensorMaker } from '../checkpoint/tensor-maker';
import { withParameters } from '../edits/parameters';
import type { Network } from '../network';
import type { Reading } from '../reader';
import type { ConvConfig } from './config';
import { loadConv, type LoadedConv } from './load';
import type { ConvFileNames } from './names';
import { namedConvWeights } from './parameters';
import { convSteps } from './steps';

/** Puts a CNN's parameters on the current backend. @throws PatchworkError `checkpoint` */
export function convNetwork(
	{ config, names }: Reading<ConvConfig, ConvFileNames>,
	tensors: TensorMaker
): Network<ConvConfig> {
	const network = networkOf(config, loadConv(config, names, tensors));
	return {
		...network,
		dispose() {
			for (const parameter of network.weights.values()) parameter.dispose();
		}
	};
}

/** No parameter depends on the size of the input, so the same network at another size owns nothing. */
function networkOf(config: ConvConfig, loaded: LoadedConv): Network<ConvConfig> {
	return {
		config,
		parameters: loaded.parameters,
		weights: namedConvWeights(config, loaded.weights),
		steps: (replaced) => convSteps(config, withParameters(loaded.weights, replaced)),
		at: (other) => networkOf(other, loaded),
		dispose() {}
	};
}
