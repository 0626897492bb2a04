import { offsets, stridesOf, type Plan } from '../../engine/einops/plan';

/**
 * The elements that a plan moves, one for each combination of places along all its axes: as many as the input has,
 * times how often each is repeated.
 */
export interface Elements {
	/** Index in the input, and in the output, row-major. */
	readonly inputs: Uint32Array;
	readonly outputs: Uint32Array;
}

export function elementsOf(plan: Plan): Elements {
	const order = plan.outGroups.flat();
	const strides = stridesOf(order.map((i) => plan.axes[i]?.length ?? 0));
	const out = plan.axes.map((axis, i) => ({ ...axis, stride: strides[order.indexOf(i)] ?? 0 }));
	return { inputs: offsets(plan.axes), outputs: offsets(out) };
}

/** How many elements {@link elementsOf} has. */
export const countElements = (plan: Plan) => plan.axes.reduce((size, axis) => size * axis.length, 1);

/** The place of an element along each axis of a shape, counted from 0 as in code. */
export function placeIn(shape: readonly number[], index: number): number[] {
	return stridesOf(shape).map((stride, axis) => Math.floor(index / stride) % (shape[axis] ?? 1));
}

/** How many elements of the output belong to one place along its first axis that is longer than 1; all if none is. */
export function rowLength(shape: readonly number[]): number {
	const first = shape.findIndex((length) => length > 1);
	return shape.slice(first + 1).reduce((size, length) => size * length, 1);
}
