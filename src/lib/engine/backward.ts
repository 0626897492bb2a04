import * as tf from '@tensorflow/tfjs-core';
import { PatchworkError } from '../base/errors';
import { Gradients } from './gradients';
import type { Step, Steps } from './run';
import type { Trace } from './trace';

/** What is asked of a finished run. */
export interface GradientRequest {
	/** The output of the head whose logit is followed, counted from 0. */
	readonly classIndex: number;
	/** The taps that the gradients are with respect to. */
	readonly names: readonly string[];
	/** Awaited after each block, with how many are done; throw to cancel. */
	readonly pause?: ((blocksDone: number) => Promise<void> | void) | undefined;
}

/**
 * Goes back through a finished run, from one logit to the first tap that is asked for: the one loop of all families. No
 * parameter gets a gradient. A pattern is taken as a free variable, as if no softmax had made it; so is every tap.
 * @param classes outputs of the head
 * @returns the gradients; the caller's to dispose. Nothing is left behind where it fails
 * @throws PatchworkError `request` for a class or a tap that is not there, that the logit does not depend on, or that the
 * run did not keep what it needs for; and whatever `pause` throws
 */
export async function gradientsOf(
	steps: Steps,
	trace: Trace,
	classes: number,
	{ classIndex, names, pause }: GradientRequest
): Promise<Gradients> {
	checkRequest(trace, classes, classIndex, names);
	const gradients = new Gradients(trace, names);
	try {
		await goBack(steps, trace, gradients, oneHot(classIndex, classes), pause);
		const [missing] = gradients.missing;
		if (missing === undefined) return gradients;
		throw new PatchworkError('request', `The logit does not depend on "${missing}", so it has no gradient there.`);
	} catch (error) {
		gradients.dispose();
		throw error;
	}
}

async function goBack(
	{ middle, embedded, classifyBack, embedBack }: Steps,
	trace: Trace,
	gradients: Gradients,
	logits: Float32Array,
	pause: GradientRequest['pause']
): Promise<void> {
	const reads = tapsRead(embedded, middle, trace);
	const read = (i: number) => gradients.value<tf.Tensor2D>(reads[i] ?? '');
	let gradient = tf.tidy(() => classifyBack(tf.tensor2d(logits, [1, logits.length]), read(middle.length), gradients));
	let done = 0;
	try {
		for (const [i, step] of [...middle.entries()].reverse()) {
			if (gradients.areThere) return;
			if (!trace.skips(step.name)) {
				const after = gradient;
				gradient = tf.tidy(() => step.back(after, read(i), gradients));
				// A step that hands on what it was given leaves it alive.
				if (gradient !== after) gradients.release(after);
			}
			if (step.isBlock) await pause?.(++done);
		}
		if (!gradients.areThere) tf.tidy(() => embedBack(gradient, gradients));
	} finally {
		gradients.release(gradient);
	}
}

/** What each step reads, and last what the head does: the tap that was handed on last, past blocks that are skipped. */
function tapsRead(embedded: string, middle: readonly Step[], trace: Trace): string[] {
	const reads = [embedded];
	for (const step of middle) {
		const made = !trace.skips(step.name) && trace.fateOf(step.out) !== null;
		reads.push(made ? step.out : (reads.at(-1) ?? ''));
	}
	return reads;
}

function oneHot(index: number, length: number): Float32Array {
	const values = new Float32Array(length);
	values[index] = 1;
	return values;
}

function checkRequest(trace: Trace, classes: number, index: number, names: readonly string[]): void {
	if (classes === 0)
		throw new PatchworkError('request', 'This model has no head, so there is no class to take a gradient of.');
	if (!Number.isInteger(index) || index < 0 || index >= classes)
		throw new PatchworkError('request', `The model gives ${classes} numbers, counted from 0, and no number ${index}.`);
	const unknown = names.find((name) => trace.fateOf(name) === null);
	if (unknown !== undefined)
		throw new PatchworkError('request', `This run has no tap named '${unknown}', so there is no gradient either.`);
}
