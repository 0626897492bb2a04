import { namedParameters } from '../named-parameters';
import type { Convolution } from '../ops/convolution';
import type { Linear } from '../ops/linear';
import type { Parameter } from '../parameter';
import type { TapSpec } from '../tap';
import { convBlocks, lastMap, type ConvConfig, type ConvLayerConfig } from './config';

/** One block's parameters. */
export interface ConvBlockWeights {
	readonly layers: readonly Convolution[];
	readonly shortcut: Convolution | null;
}

/** All parameters of a CNN, each batch norm folded into the convolution before it. */
export interface ConvWeights {
	readonly stem: readonly Convolution[];
	readonly stages: readonly (readonly ConvBlockWeights[])[];
	readonly head: Convolution | null;
	readonly classifier: Linear | null;
}

/** Every convolution of a configuration under its parameter's name, in order. */
function layersOf(config: ConvConfig): (readonly [name: string, layer: ConvLayerConfig])[] {
	const { stem, head } = config;
	return [
		...stem.map((layer) => [`stem.${layer.name}`, layer] as const),
		...convBlocks(config).flatMap(({ name, block: { layers, shortcut } }) => [
			...layers.map((layer) => [`${name}.${layer.name}`, layer] as const),
			...(typeof shortcut === 'object' ? [[`${name}.shortcut`, shortcut.layer] as const] : [])
		]),
		...(head ? [['head', head] as const] : [])
	];
}

/**
 * Every parameter of a CNN, named and shaped like a tap so that figures read both alike: kernels as (row, column, input,
 * output), as the norm behind them has scaled them, and the bias that is left of that norm.
 */
export function convWeightSpecs(config: ConvConfig): TapSpec[] {
	const convolutions = layersOf(config).flatMap(([name, { inputs, outputs, kernel, depthwise }]): TapSpec[] => [
		{
			name: `parameters.${name}.weight`,
			shape: [kernel, kernel, ...(depthwise ? [outputs, 1] : [inputs, outputs])],
			axes: ['row', 'column', ...(depthwise ? ['feature', 'filter'] : ['input', 'feature'])]
		},
		{ name: `parameters.${name}.bias`, shape: [outputs], axes: ['feature'] }
	]);
	if (config.classes === 0) return convolutions;
	return [
		...convolutions,
		{
			name: 'parameters.classifier.weight',
			shape: [lastMap(config).channels, config.classes],
			axes: ['feature', 'class']
		},
		{ name: 'parameters.classifier.bias', shape: [config.classes], axes: ['class'] }
	];
}

/** The tensors by the names that {@link convWeightSpecs} gives them. */
export function namedConvWeights(config: ConvConfig, weights: ConvWeights): ReadonlyMap<string, Parameter> {
	const blocks = weights.stages.flat().flatMap(({ layers, shortcut }) => [...layers, ...(shortcut ? [shortcut] : [])]);
	const convolutions = [...weights.stem, ...blocks, ...(weights.head ? [weights.head] : [])];
	return namedParameters(({ add, addLayer }) => {
		for (const [i, [name]] of layersOf(config).entries()) {
			add(`${name}.weight`, convolutions[i]?.weight ?? null);
			add(`${name}.bias`, convolutions[i]?.bias ?? null);
		}
		addLayer('classifier', weights.classifier);
	});
}
