import * as tf from '@tensorflow/tfjs-core';
import { PatchworkError } from '../base/errors';
import { Gradients, type MapPlace } from './gradients';
import { RELEVANCE } from './relevance';
import { tapsRead, type Steps } from './run';
import type { Trace } from './trace';

/** An output of the head whose logit is followed, counted from 0. */
export interface ClassLogit {
	readonly classIndex: number;
}

/** The number that is followed back: a logit, or the sum over the features of a token at a tap. */
export type GradientStart = ClassLogit | MapPlace;

/** What is asked of a finished run. */
export type GradientRequest = GradientStart & {
	/** The taps that the gradients are with respect to; and, of a class, `relevance` (see `relevance.ts`). */
	readonly names: readonly string[];
	/** Awaited after each block, with how many are done; throw to cancel. */
	readonly pause?: ((blocksDone: number) => Promise<void> | void) | undefined;
};

/**
 * Goes back through a finished run, from one number to the first tap that is asked for: the one loop of all families. No
 * parameter gets a gradient. A pattern is taken as a free variable, as if no softmax had made it; so is every tap.
 * @param classes outputs of the head
 * @returns the gradients; the caller's to dispose. Nothing is left behind where it fails
 * @throws PatchworkError `request` for a class, a token or a tap that is not there, that the number does not depend on, or
 * that the run did not keep what it needs for; and whatever `pause` throws
 */
export async function gradientsOf(
	steps: Steps,
	trace: Trace,
	classes: number,
	{ names, pause, ...start }: GradientRequest
): Promise<Gradients> {
	checkNames(trace, names);
	const place = 'from' in start ? start : null;
	if ('from' in start) checkPlace(trace, start);
	else checkClass(classes, start.classIndex);
	const gradients = new Gradients(trace, names, place);
	try {
		await goBack(steps, trace, gradients, 'from' in start ? new Float32Array(classes) : oneHot(start, classes), pause);
		if (gradients.start !== null)
			throw new PatchworkError(
				'request',
				`Nothing goes on from "${gradients.start}", so nothing can be followed from it.`
			);
		const [missing] = gradients.missing;
		if (missing === undefined) return gradients;
		const what = place ? `"${place.from}"` : 'The logit';
		throw new PatchworkError('request', `${what} does not depend on "${missing}", so it has no gradient there.`);
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
	// What a step or the stem hands on is where the way back can begin: nothing behind it counts.
	const begins = gradients.start === null ? -1 : reads.lastIndexOf(gradients.start);
	const first = begins < 0 ? middle.length : begins;
	if (begins < 0 && logits.length === 0)
		throw new PatchworkError(
			'request',
			`This model has no classifier to go back from, so a gradient can only begin at what a block hands on, and not at "${gradients.start}".`
		);
	let gradient = tf.tidy(() =>
		begins < 0
			? classifyBack(tf.tensor2d(logits, [1, logits.length]), read(middle.length), gradients)
			: tf.zeros<tf.Rank.R2>(read(begins).shape)
	);
	let done = 0;
	try {
		for (const [i, step] of [...middle.slice(0, first).entries()].reverse()) {
			if (gradients.areThere) return;
			if (!trace.skips(step.name)) {
				const after = gradient;
				// What it reads of the step it holds until the end.
				gradient = trace.whole(() => tf.tidy(() => step.back(after, read(i), gradients)));
				// A step that hands on what it was given leaves it alive.
				if (gradient !== after) gradients.release(after);
			}
			if (step.isBlock) await pause?.(++done);
		}
		gradients.endBlocks();
		if (!gradients.areThere) tf.tidy(() => embedBack(gradient, gradients));
	} finally {
		gradients.release(gradient);
	}
}

function oneHot({ classIndex }: ClassLogit, length: number): Float32Array {
	const values = new Float32Array(length);
	values[classIndex] = 1;
	return values;
}

/** @throws PatchworkError `request` for a place that no way back can begin at */
function checkPlace(trace: Trace, { from, token }: MapPlace): void {
	const spec = trace.listed(from);
	if (!spec) throw new PatchworkError('request', `This run has no tap named '${from}' to go back from.`);
	if (spec.axes.join() !== 'batch,token,feature')
		throw new PatchworkError(
			'request',
			`"${from}" is no map of tokens with features, so no token of it can be followed.`
		);
	const there = spec.tokens?.includes(token) ?? (Number.isInteger(token) && token >= 0 && token < (spec.shape[1] ?? 0));
	if (!there) throw new PatchworkError('request', `"${from}" has no token ${token} in this run; they count from 0.`);
}

function checkClass(classes: number, index: number): void {
	if (classes === 0)
		throw new PatchworkError('request', 'This model has no classifier, so there is no class to take a gradient of.');
	if (!Number.isInteger(index) || index < 0 || index >= classes)
		throw new PatchworkError('request', `The model gives ${classes} numbers, counted from 0, and no number ${index}.`);
}

function checkNames(trace: Trace, names: readonly string[]): void {
	const unknown = names.find((name) => name !== RELEVANCE && trace.fateOf(name) === null);
	if (unknown !== undefined)
		throw new PatchworkError('request', `This run has no tap named '${unknown}', so there is no gradient either.`);
}
