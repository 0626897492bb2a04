import * as tf from '@tensorflow/tfjs-core';
import type { Start, Steps } from '../run';
import type { Trace } from '../trace';
import type { EditPlan } from './plan';

/**
 * Where a run with edits begins that shares what lies before with the untouched run: at the first step that any edit
 * changes. The taps of the steps before are taken over.
 * @returns null where it has to begin with the photo, or the untouched run did not keep what the first step reads
 */
export function startOf(
	{ taps, skipped, anatomy, read }: EditPlan,
	{ middle, embedded }: Steps,
	untouched: Trace,
	trace: Trace
): Start | null {
	const isOf = (name: string, part: string) => name === part || name.startsWith(`${part}.`);
	/** The step that makes a tap or has a parameter; what belongs to none of them counts as the embedding's, -1. */
	const stepOf = (name: string): number => {
		const own = name.replace(/^parameters\./, '');
		if (anatomy.head.some((part) => isOf(own, part))) return middle.length;
		return middle.findIndex((step) => isOf(own, step.name));
	};
	const step = Math.min(...[...taps.keys(), ...skipped].map(stepOf));
	if (step < 0) return null;
	const before = step === 0 ? embedded : (middle[step - 1]?.out ?? '');
	if (!untouched.handedOn(before)) return null;
	trace.adopt(untouched, (name) => stepOf(name) < step);
	// What the edits read of a step that is not carried out has to be there, whether the other run kept it or not.
	const isHad = [...read].every((name) => stepOf(name) >= step || trace.take(untouched, name));
	// Only now, for it may be gone when a tap of another step was asked for.
	const x = isHad && untouched.handedOn(before);
	// Kept by the trace where it is a tap that is wanted; otherwise it goes with the pass.
	return x ? { step, x: trace.handedOn(before) ?? tf.reshape(x, x.shape) } : null;
}
