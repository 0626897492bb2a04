import * as tf from '@tensorflow/tfjs-core';
import { PatchworkError } from '../../base/errors';
import { convBlocks, type ConvConfig } from '../conv/config';
import { namedConvWeights, type ConvBlockWeights, type ConvWeights } from '../conv/parameters';
import { convSteps } from '../conv/steps';
import { withParameters } from '../edits/parameters';
import { parameterSpecs } from '../families';
import type { Network } from '../network';
import type { LayerNorm } from '../ops/layer-norm';
import type { Linear } from '../ops/linear';
import type { Convolution } from '../ops/convolution';
import { keeps, type ViTConfig } from '../vit/config';
import { namedWeights, type ViTWeights } from '../vit/parameters';
import { vitSteps } from '../vit/steps';
import type { GrownConfig, GrowNetwork, NetworkPlan, ParameterValues } from './contract';
import { byKind } from './kinds';
import { cnnConfig, configOf, sizeOf, vitConfig } from './plans';

/* What was learned, as a network of the engine's that runs, is read and edited like any other. */

/** Parameters by their names without `parameters.`, on the current backend. */
type Get = <T extends tf.Tensor>(name: string) => T;

const linearOf = (get: Get, name: string): Linear => ({ weight: get(`${name}.weight`), bias: get(`${name}.bias`) });
const normOf = (get: Get, name: string): LayerNorm => ({ scale: get(`${name}.weight`), offset: get(`${name}.bias`) });
const convolutionOf = (get: Get, name: string): Convolution => ({
	weight: get(`${name}.weight`),
	bias: get(`${name}.bias`)
});

function vitWeights(config: ViTConfig, get: Get): ViTWeights {
	const hasNorms = keeps(config, 'norms');
	return {
		patchEmbed: linearOf(get, 'patch_embed'),
		clsToken: config.cls ? get('cls_token') : null,
		distToken: config.distilled ? get('dist_token') : null,
		posEmbed: get('pos_embed'),
		...{ registers: null, rotary: null, preNorm: null, pool: null, pooledNorm: null, projection: null },
		blocks: Array.from({ length: config.depth }, (_, i) => ({
			norm1: hasNorms ? normOf(get, `blocks.${i}.norm1`) : null,
			qkv: linearOf(get, `blocks.${i}.qkv`),
			proj: linearOf(get, `blocks.${i}.proj`),
			scale1: null,
			norm2: hasNorms ? normOf(get, `blocks.${i}.norm2`) : null,
			fc1: linearOf(get, `blocks.${i}.fc1`),
			fc2: linearOf(get, `blocks.${i}.fc2`),
			scale2: null
		})),
		norm: config.finalNorm === 'none' ? null : normOf(get, 'norm'),
		head: linearOf(get, 'head'),
		distHead: config.distillationHead ? linearOf(get, 'head_dist') : null
	};
}

function convWeights(config: ConvConfig, get: Get): ConvWeights {
	const stages = config.stages.map((): ConvBlockWeights[] => []);
	for (const { name, block } of convBlocks(config)) {
		const layers = block.layers.map((layer) => convolutionOf(get, `${name}.${layer.name}`));
		const shortcut = typeof block.shortcut === 'object' ? convolutionOf(get, `${name}.shortcut`) : null;
		stages[Number(name.split('.')[1])]?.push({ layers, shortcut });
	}
	return {
		stem: config.stem.map(({ name }) => convolutionOf(get, `stem.${name}`)),
		stages,
		head: null,
		classifier: linearOf(get, 'classifier')
	};
}

/** What of a network depends on its kind. */
type Grown = Pick<Network<GrownConfig>, 'weights' | 'steps'>;

/** Of a ViT, by its tensors. */
function growViT(config: ViTConfig, get: Get): Grown {
	const own = vitWeights(config, get);
	return { weights: namedWeights(own), steps: (replaced) => vitSteps(config, withParameters(own, replaced)) };
}

function growCnn(config: ConvConfig, get: Get): Grown {
	const own = convWeights(config, get);
	return {
		weights: namedConvWeights(config, own),
		steps: (replaced) => convSteps(config, withParameters(own, replaced))
	};
}

/**
 * What was learned as a network, on the current backend. It is for pictures of its own size.
 * @throws PatchworkError `checkpoint` where a parameter is missing or of another size; nothing is left behind
 */
export const grownNetwork: GrowNetwork = (plan, parameters) => {
	const config = configOf(plan);
	const tensors = tensorsOf(plan, parameters);
	const get: Get = <T extends tf.Tensor>(name: string) => tensors.get(`parameters.${name}`) as T;
	const own = byKind<Grown>(plan, {
		vit: (one) => growViT(vitConfig(one), get),
		cnn: (one) => growCnn(cnnConfig(one), get)
	});
	return {
		...own,
		config,
		parameters: [...tensors.values()].reduce((sum, { size }) => sum + size, 0),
		at() {
			throw new PatchworkError('request', 'A network that was grown here takes pictures of its own size only.');
		},
		dispose: () => tf.dispose([...tensors.values()])
	};
};

/** Every parameter as a tensor, the caller's. @throws PatchworkError `checkpoint` */
export function tensorsOf(plan: NetworkPlan, parameters: ParameterValues): ReadonlyMap<string, tf.Tensor> {
	const specs = parameterSpecs(configOf(plan));
	for (const { name, shape } of specs) {
		if (parameters.get(name)?.length === sizeOf(shape)) continue;
		throw new PatchworkError('checkpoint', `What was learned lacks '${name}' as this network needs it; train it anew.`);
	}
	return new Map(specs.map(({ name, shape }) => [name, tf.tensor(parameters.get(name) ?? [], [...shape], 'float32')]));
}
