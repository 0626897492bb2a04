import { convBlocks, featureMaps } from '../conv/config';
import { parameterSpecs } from '../families';
import { tokenCount } from '../vit/config';
import type { CnnPlan, NetworkPlan, ViTPlan } from './contract';
import { byKind } from './kinds';
import { cnnConfig, sizeOf, vitConfig } from './plans';

/** A step goes there once, and back to what each layer read and to its parameters: as many products each time. */
const WAYS = 3;

/**
 * How many products of two numbers a step takes, of a batch of pictures: what its time grows with. What is added, bent or
 * normed is not counted, and is little beside it.
 */
export function productsOf(plan: NetworkPlan, batch: number): number {
	return WAYS * batch * byKind(plan, { vit: vitProducts, cnn: cnnProducts });
}

/** Of one picture: each matrix meets every token that it is for, and each token every other one twice. */
function vitProducts(plan: ViTPlan): number {
	const config = vitConfig(plan);
	const n = tokenCount(config);
	const matrices = parameterSpecs(config).filter(({ name, shape }) => name.endsWith('.weight') && shape.length === 2);
	const rowsOf = (name: string) =>
		name.includes('head') ? 1 : name.includes('patch_embed') ? (plan.size / plan.patch) ** 2 : n;
	const linear = matrices.reduce((sum, { name, shape }) => sum + rowsOf(name) * sizeOf(shape), 0);
	return linear + config.depth * 2 * n * n * config.dim;
}

/** Of one picture: each kernel meets every place of the map that it makes. */
function cnnProducts(plan: CnnPlan): number {
	const config = cnnConfig(plan);
	const places = new Map(featureMaps(config).map(({ name, rows, columns }) => [name, rows * columns]));
	const layers = [
		...config.stem.map((layer) => [`stem.${layer.name}`, layer] as const),
		...convBlocks(config).flatMap(({ name, block: { layers, shortcut } }) => [
			...layers.map((layer) => [`${name}.${layer.name}`, layer] as const),
			...(typeof shortcut === 'object' ? [[`${name}.shortcut`, shortcut.layer] as const] : [])
		])
	];
	const [, last] = layers.at(-1) ?? [];
	return layers.reduce(
		(sum, [name, { inputs, outputs, kernel }]) => {
			return sum + (places.get(name) ?? 0) * inputs * outputs * kernel ** 2;
		},
		(last?.outputs ?? 0) * plan.classes
	);
}
