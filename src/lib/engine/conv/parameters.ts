import { namedParameters } from '../named-parameters';
import type { Convolution } from '../ops/convolution';
import type { Linear } from '../ops/linear';
import type { Parameter } from '../parameter';
import type { TapSpec } from '../tap';
import { convLayers, lastMap, type ConvConfig } from './config';

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

/**
 * Every parameter of a CNN, named and shaped like a tap so that figures read both alike: kernels as (row, column, input,
 * output), as the norm behind them has scaled them, and the bias that is left of that norm.
 */
export function convWeightSpecs(config: ConvConfig): TapSpec[] {
	const convolutions = convLayers(config).flatMap(([name, { inputs, outputs, kernel, depthwise }]): TapSpec[] => [
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
		for (const [i, [name]] of convLayers(config).entries()) {
			add(`${name}.weight`, convolutions[i]?.weight ?? null);
			add(`${name}.bias`, convolutions[i]?.bias ?? null);
		}
		addLayer('classifier', weights.classifier);
	});
}
