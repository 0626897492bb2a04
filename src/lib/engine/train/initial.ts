import { parameterSpecs } from '../families';
import type { NetworkPlan, ParameterValues } from './contract';
import { byKind } from './kinds';
import { chanceOf } from './pictures/chance';
import { configOf, sizeOf } from './plans';

/** Of tokens and heads: as ViTs start with (Dosovitskiy et al. 2020, arXiv 2010.11929). */
const SMALL = 0.02;

/**
 * What a network starts from: matrices by Glorot and Bengio 2010 (a normal distribution by inputs and outputs), kernels by
 * He et al. 2015 (arXiv 1502.01852), norms that change nothing, and zeros for biases, for the last layer of a CNN's blocks,
 * which so begin as what they add to (Goyal et al. 2017, arXiv 1706.02677), and for positions that are switched off.
 */
export function initialParameters(plan: NetworkPlan, seed: number): ParameterValues {
	return new Map(
		parameterSpecs(configOf(plan)).map(({ name, shape }, i) => {
			const chance = chanceOf(seed, i, shape.length);
			const own = startOf(name.replace('parameters.', ''), shape, plan);
			const values = Float32Array.from({ length: sizeOf(shape) }, () => own.mean + own.deviation * chance.normal());
			return [name, values];
		})
	);
}

interface Start {
	readonly mean: number;
	readonly deviation: number;
}

const around = (deviation: number, mean = 0): Start => ({ mean, deviation });

/** Positions start large enough to be told beside what patches show. */
const placesOf = (plan: NetworkPlan) => byKind(plan, { vit: ({ positions }) => (positions ? 0.3 : 0), cnn: () => 0 });

function startOf(name: string, shape: readonly number[], plan: NetworkPlan): Start {
	const [inputs = 1, outputs = 1] = shape;
	if (name === 'pos_embed') return around(placesOf(plan));
	if (/_token$/.test(name) || /^(head|head_dist|classifier)\.weight$/.test(name)) return around(SMALL);
	if (/norm\d?\.weight$/.test(name)) return around(0, 1);
	if (name.endsWith('.bias') || name.endsWith('.conv2.weight')) return around(0);
	if (shape.length === 4) return around(Math.sqrt(2 / sizeOf(shape.slice(0, 3))));
	return around(Math.sqrt(2 / (inputs + outputs)));
}
