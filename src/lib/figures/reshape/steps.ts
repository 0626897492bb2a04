import { pick, type Plan } from '../../engine/einops/plan';

/** What einops does one after the other; those that would change nothing are left out. */
export const STEP_KINDS = ['input', 'split', 'transpose', 'reduce', 'repeat', 'merge'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

export interface Step {
	readonly kind: StepKind;
	/** The tensor's axes after the step, each by the elementary axes that it is made of (their places in the plan). */
	readonly groups: readonly (readonly number[])[];
	readonly shape: readonly number[];
	/** The same in NumPy; empty for the input. */
	readonly code: string;
}

/**
 * The steps of a plan: the input; split its axes; put them in the output's order, those to be reduced last; reduce
 * these; repeat along new ones; merge.
 * @param reduction NumPy's name of the reduction
 */
export function stepsOf(plan: Plan, reduction: string): Step[] {
	const left = plan.inGroups.flat();
	const right = plan.outGroups.flat();
	const lengths = (places: readonly number[]) => pick(plan, places).map((axis) => axis.length);
	const isIn = (places: readonly number[]) => (i: number) => places.includes(i);
	const kept = right.filter(isIn(left));
	const reduced = left.filter((i) => !right.includes(i));
	const moved = [...kept, ...reduced];
	const added = right.filter((i) => !left.includes(i));

	const step = (kind: StepKind, groups: Step['groups'], code: string): Step => {
		const shape = groups.map((group) => lengths(group).reduce((size, length) => size * length, 1));
		return { kind, groups, shape, code };
	};
	const single = (places: readonly number[]) => places.map((i) => [i]);
	const steps = [step('input', plan.inGroups, '')];
	if (plan.inGroups.some((group) => group.length !== 1))
		steps.push(step('split', single(left), reshape(lengths(left))));
	if (moved.some((axis, i) => axis !== left[i]))
		steps.push(
			step('transpose', single(moved), `x = x.transpose(${moved.map((axis) => left.indexOf(axis)).join(', ')})`)
		);
	if (reduced.length > 0)
		steps.push(
			step('reduce', single(kept), `x = x.${reduction}(axis=(${tuple(reduced.map((_, i) => kept.length + i))}))`)
		);
	if (added.length > 0) {
		const index = right.map((i) => (left.includes(i) ? ':' : 'None')).join(', ');
		const code = `x = np.broadcast_to(x[${index}], (${tuple(lengths(right))}))`;
		steps.push(step('repeat', single(right), code));
	}
	if (plan.outGroups.some((group) => group.length !== 1))
		steps.push(step('merge', plan.outGroups, reshape(plan.outShape)));
	return steps;
}

const reshape = (shape: readonly number[]) => `x = x.reshape(${shape.join(', ') || '()'})`;
const tuple = (numbers: readonly number[]) => `${numbers.join(', ')}${numbers.length === 1 ? ',' : ''}`;

/** The step of a kind, or the last before where it would be. */
export function stepIndex(steps: readonly Step[], kind: StepKind): number {
	return steps.findLastIndex((step) => STEP_KINDS.indexOf(step.kind) <= STEP_KINDS.indexOf(kind));
}
