import type { LayerNorm } from './ops/layer-norm';
import type { Linear } from './ops/linear';
import type { Parameter } from './parameter';

/** Takes in tensors under the names that parameters have; what a model lacks, null, is passed over. */
interface Collector {
	add(name: string, parameter: Parameter | null): void;
	/** Weight and bias of a linear map or a layer norm. */
	addLayer(name: string, layer: Linear | LayerNorm | null): void;
}

/** The tensors that a family collects, by their names as its `parameterSpecs` lists them: `parameters.…`. */
export function namedParameters(collect: (collector: Collector) => void): ReadonlyMap<string, Parameter> {
	const named = new Map<string, Parameter>();
	const add: Collector['add'] = (name, parameter) => {
		if (parameter) named.set(`parameters.${name}`, parameter);
	};
	const addLayer: Collector['addLayer'] = (name, layer) => {
		if (!layer) return;
		add(`${name}.weight`, 'scale' in layer ? layer.scale : layer.weight);
		add(`${name}.bias`, 'scale' in layer ? layer.offset : layer.bias);
	};
	collect({ add, addLayer });
	return named;
}
