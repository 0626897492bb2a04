import * as tf from '@tensorflow/tfjs-core';
import type { Gradients } from './gradients';
import type { Trace } from './trace';

/** One step between the embedding and the head. */
export interface Step {
	/** What the names of its taps and parameters begin with, e.g. `blocks.3`. */
	readonly name: string;
	/** The tap of what it hands on. */
	readonly out: string;
	/** Whether it is a block. Which of them can be skipped, the family says: those whose output is shaped as their input. */
	readonly isBlock: boolean;
	/** @param x (n, d) @returns what it hands on, (n, d) of its own n and d */
	pass(x: tf.Tensor2D, trace: Trace): tf.Tensor2D;
	/**
	 * The way back through it.
	 * @param gradient with respect to what it handed on
	 * @param x (n, d): what it read
	 * @returns the gradient with respect to `x`
	 */
	back(gradient: tf.Tensor2D, x: tf.Tensor2D, gradients: Gradients): tf.Tensor2D;
}

/** A network as a list of named steps. Each is called inside `tf.tidy`. */
export interface Steps {
	/** The tap of what `embed` hands on: `embeddings`, or the `stem` of a CNN. */
	readonly embedded: string;
	/** @param pixels (1, channels, height, width) @returns (n, d) */
	embed(pixels: tf.Tensor4D, trace: Trace): tf.Tensor2D;
	readonly middle: readonly Step[];
	/** @param x (n, d) */
	classify(x: tf.Tensor2D, trace: Trace): void;
	/** @param gradient (n, d), with respect to what `embed` made */
	embedBack(gradient: tf.Tensor2D, gradients: Gradients): void;
	/** @param gradient (1, classes), with respect to the logits @param x (n, d) @returns the gradient with respect to `x` */
	classifyBack(gradient: tf.Tensor2D, x: tf.Tensor2D, gradients: Gradients): tf.Tensor2D;
}

/** Where a run begins that has something to begin with. */
export interface Start {
	/** The first step of the middle that is carried out; as many as there are for the head alone. */
	readonly step: number;
	/** What that step reads: (n, d). It goes with the run. */
	readonly x: tf.Tensor2D;
}

/**
 * Runs a network and fills the trace: the one loop of all families.
 * @param pixels (1, channels, height, width); stays the caller's
 * @param pause awaited after each block, with how many are done: the place to breathe, to tell of progress, or to throw
 * and so to cancel; what the trace has kept by then stays the trace's
 */
export async function runSteps(
	{ embed, middle, classify }: Steps,
	pixels: tf.Tensor4D,
	trace: Trace,
	{ pause, start }: { pause?: ((blocksDone: number) => Promise<void> | void) | undefined; start?: Start | null } = {}
): Promise<void> {
	let x = start?.x ?? tf.tidy(() => embed(pixels, trace));
	let done = 0;
	try {
		for (const [i, step] of middle.entries()) {
			if (i >= (start?.step ?? 0) && !trace.skips(step.name)) {
				const input = x;
				x = tf.tidy(() => step.pass(input, trace));
				// A step that hands on what it was given leaves it alive.
				if (x !== input) trace.release(input);
			}
			if (step.isBlock) await pause?.(++done);
		}
		tf.tidy(() => classify(x, trace));
	} finally {
		trace.release(x);
	}
}

/** What each step reads, and last what the head does: the tap that was handed on last, past blocks that are skipped. */
export function tapsRead(embedded: string, middle: readonly Step[], trace: Trace): string[] {
	const reads = [embedded];
	for (const step of middle) {
		const made = !trace.skips(step.name) && trace.fateOf(step.out) !== null;
		reads.push(made ? step.out : (reads.at(-1) ?? ''));
	}
	return reads;
}
