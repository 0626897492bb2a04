import type { ConvNames, TensorMaker } from '../checkpoint/tensor-maker';
import type { Convolution } from '../ops/convolution';
import { lastMap, type ConvBlockConfig, type ConvConfig, type ConvLayerConfig } from './config';
import { UNUSED, type ConvBlockNames, type ConvFileNames } from './names';
import type { ConvBlockWeights, ConvWeights } from './parameters';

/** A checkpoint on the current backend. */
export interface LoadedConv {
	readonly weights: ConvWeights;
	readonly parameters: number;
}

/** A layer with where its tensors are. */
type Layer = (layer: ConvLayerConfig, names: ConvNames | undefined | null) => Convolution;

/**
 * Asks for a CNN's tensors. Every weight must be there and have the shape that the configuration says; a tensor that the
 * model has no place for is an error too.
 * @throws PatchworkError `checkpoint`
 */
export function loadConv(config: ConvConfig, names: ConvFileNames, tensors: TensorMaker): LoadedConv {
	const { stem, stages, head, classes, layerNormEps: eps } = config;
	const conv: Layer = (layer, file) => {
		if (file) return tensors.conv(file, { ...layer, eps });
		throw new Error(`The layer '${layer.name}' has no name in the file.`);
	};
	const weights = {
		stem: stem.map((layer, i) => conv(layer, names.stem[i])),
		stages: stages.map((blocks, s) => blocks.map((block, b) => blockWeights(block, names.stages[s]?.[b], conv))),
		head: head && conv(head, names.head),
		classifier: classes > 0 ? tensors.linear(names.classifier, lastMap(config).channels, classes) : null
	};
	tensors.refuseLeftovers(UNUSED);
	return { weights, parameters: tensors.parameters };
}

function blockWeights(
	{ layers, shortcut }: ConvBlockConfig,
	names: ConvBlockNames | undefined,
	conv: Layer
): ConvBlockWeights {
	return {
		layers: layers.map((layer, i) => conv(layer, names?.layers[i])),
		shortcut: typeof shortcut === 'object' ? conv(shortcut.layer, names?.shortcut) : null
	};
}
