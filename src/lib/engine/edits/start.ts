import * as tf from '@tensorflow/tfjs-core';
import type { Start, Steps } from '../run';
import type { Trace } from '../trace';
import { EMBEDDED, type EditPlan } from './plan';

/** What the head makes, and has. */
const HEAD = /^(weights\.)?(norm|pooled|pooled_norm|head|head_dist|logits|probabilities)(\.|$)/;

/**
 * Where a run with edits begins that shares what lies before with the untouched run: at the first step that any edit
 * changes. The taps of the steps before are taken over.
 * @returns null where it has to begin with the photo, or the untouched run did not keep what the first step reads
 */
export function startOf({ taps, skipped }: EditPlan, { middle }: Steps, untouched: Trace, trace: Trace): Start | null {
	/** The step that makes a tap or has a parameter; what belongs to none of them counts as the embedding's, -1. */
	const stepOf = (name: string): number => {
		if (EMBEDDED.includes(name)) return -1;
		if (HEAD.test(name)) return middle.length;
		const own = name.replace(/^weights\./, '');
		return middle.findIndex((step) => own === step.name || own.startsWith(`${step.name}.`));
	};
	const step = Math.min(...[...taps.keys(), ...skipped].map(stepOf));
	if (step < 0) return null;
	const before = step === 0 ? 'embeddings' : (middle[step - 1]?.out ?? '');
	const x = untouched.handedOn(before);
	if (!x) return null;
	trace.adopt(untouched, (name) => stepOf(name) < step);
	// Kept by the trace where it is a tap that is wanted; otherwise it goes with the pass.
	return { step, x: trace.handedOn(before) ?? tf.reshape(x, x.shape) };
}
