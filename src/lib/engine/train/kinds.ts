import type { CnnPlan, NetworkPlan, ViTPlan } from './contract';

/** What is done with a plan of each kind. */
export interface ByKind<T> {
	vit(plan: ViTPlan): T;
	cnn(plan: CnnPlan): T;
}

/** The one place that asks which kind a plan is of. */
export function byKind<T>(plan: NetworkPlan, { vit, cnn }: ByKind<T>): T {
	return plan.kind === 'cnn' ? cnn(plan) : vit(plan);
}
