import type * as tf from '@tensorflow/tfjs-core';
import type { CommonConfig } from './config';
import { linearGelu, linearPlus } from './ops/joined';
import type { Linear } from './ops/linear';
import type { Trace } from './trace';

/* The rest of a transformer block behind its heads, in four programs of a GPU where there would be seven. */

/** What lies between two operations that are joined, by what comes after the block's name. */
const BETWEEN = ['attn.out', 'mlp.pre_gelu', 'mlp.out'];

/** What of a block comes behind its heads. */
interface Rest {
	readonly proj: Linear;
	/** (n, d) to (n, d). */
	readonly norm2: (x: tf.Tensor2D) => tf.Tensor2D;
	readonly fc1: Linear;
	readonly fc2: Linear;
	readonly gelu: CommonConfig['gelu'];
}

/** Whether a run does without all that lies between. @param name the block's */
export function mayJoin(name: string, trace: Trace): boolean {
	return BETWEEN.every((tap) => trace.isGone(`${name}.${tap}`));
}

/**
 * Where {@link mayJoin}, the same as line by line.
 * @param x (n, d): what the block read @param context (n, d): what the heads took home @returns (n, d)
 */
export function joinedRest(
	{ proj, norm2, fc1, fc2, gelu }: Rest,
	{ x, context }: { x: tf.Tensor2D; context: tf.Tensor2D },
	name: string,
	trace: Trace
): tf.Tensor2D {
	const residual1 = trace.tap(`${name}.residual1`, linearPlus(context, proj, x)); //              n d
	const normed = trace.tap(`${name}.norm2`, norm2(residual1)); //                                 n d
	const active = trace.tap(`${name}.mlp.post_gelu`, linearGelu(normed, fc1, gelu)); //            n m
	return trace.tap(`${name}.out`, linearPlus(active, fc2, residual1)); //                         n d
}
