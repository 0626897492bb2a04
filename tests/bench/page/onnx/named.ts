import type { LayerNorm } from '../../../../src/lib/engine/ops/layer-norm';
import type { Linear } from '../../../../src/lib/engine/ops/linear';
import type { Model } from '../../../../src/lib/engine/model';
import type { Parameter } from '../../../../src/lib/engine/parameter';

/** A model's parameters by their names, put together to layers. They stay the model's. */
export interface Named {
	tensor<T extends Parameter>(name: string): T;
	linear(name: string): Linear;
	norm(name: string): LayerNorm;
}

export function named({ weights }: Pick<Model, 'weights'>): Named {
	const tensor = <T extends Parameter>(name: string): T => {
		const found = weights.get(`parameters.${name}`);
		if (!found) throw new Error(`The model has no ${name}.`);
		return found as T;
	};
	return {
		tensor,
		linear: (name) => ({
			weight: tensor(`${name}.weight`),
			bias: weights.has(`parameters.${name}.bias`) ? tensor(`${name}.bias`) : null
		}),
		norm: (name) => ({ scale: tensor(`${name}.weight`), offset: tensor(`${name}.bias`) })
	};
}
