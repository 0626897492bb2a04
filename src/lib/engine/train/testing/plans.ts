import type { CnnPlan, NetworkPlan, ParameterValues, ViTPlan } from '../contract';
import { initialParameters } from '../initial';
import { chanceOf } from '../pictures/chance';

/* The smallest networks of each kind, for tests. */

export const VIT: ViTPlan = {
	...{ kind: 'vit', size: 8, patch: 4, dim: 8, depth: 1, heads: 2, mlpRatio: 2, classes: 3 },
	...{ positions: true, pooling: 'cls', residuals: true, norms: true, dropout: 0, distilled: false }
};
export const CNN: CnnPlan = { kind: 'cnn', size: 8, widths: [4, 6], classes: 3 };

/** Every switch in each of its positions. */
export const PLANS: readonly (readonly [name: string, plan: NetworkPlan])[] = [
	['a ViT of two blocks', { ...VIT, depth: 2 }],
	['a ViT without positions', { ...VIT, positions: false }],
	['a ViT that reads the mean', { ...VIT, pooling: 'mean' }],
	['a ViT without residuals', { ...VIT, residuals: false }],
	['a ViT without norms', { ...VIT, norms: false }],
	['a ViT with one head', { ...VIT, heads: 1 }],
	['a ViT with four heads', { ...VIT, heads: 4 }],
	['a ViT with dropout', { ...VIT, dropout: 0.3 }],
	['a ViT with a distillation token', { ...VIT, distilled: true }],
	['a CNN', CNN]
];

/** Away from where a network starts, so that nothing is zero that should not be. */
export function movedParameters(plan: NetworkPlan): ParameterValues {
	const chance = chanceOf(5);
	const moved = [...initialParameters(plan, 3)].map(([name, values]) => {
		return [name, values.map((value) => value + 0.3 * chance.normal())] as const;
	});
	return new Map(moved);
}
