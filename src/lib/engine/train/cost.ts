import { convProducts } from '../conv/config';
import { parameterSpecs } from '../families';
import { tokenCount } from '../vit/config';
import type { NetworkPlan, ViTPlan } from './contract';
import { byKind } from './kinds';
import { cnnConfig, sizeOf, vitConfig } from './plans';

/** A step goes there once, and back to what each layer read and to its parameters: as many products each time. */
const WAYS = 3;

/**
 * How many products of two numbers a step takes, of a batch of pictures: what its time grows with. What is added, bent or
 * normed is not counted, and is little beside it.
 */
export function productsOf(plan: NetworkPlan, batch: number): number {
	return WAYS * batch * byKind(plan, { vit: vitProducts, cnn: (own) => convProducts(cnnConfig(own)) });
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
