import * as tf from '@tensorflow/tfjs-core';
import type { Gradients } from '../gradients';
import { rotate, rotateBack } from '../ops/rotate';
import type { Trace } from '../trace';
import type { RotaryWeights } from './parameters';

/* Rotary positions in a block: queries and keys are turned by their tokens' places, see `rotary.ts`. And the way back. */

const TAPS = ['attn.rotated_query', 'attn.rotated_key'] as const;

/** Queries, keys and values, the first two turned. @param qkv (n, 3 d) @param name the block's @returns (n, 3 d) */
export function turned(qkv: tf.Tensor2D, rotary: RotaryWeights | null, name: string, trace: Trace): tf.Tensor2D {
	if (!rotary) return qkv;
	const turns = turnsAt(rotary, trace.tokensAt(`${name}.query`));
	const both = TAPS.map((tap, i) => trace.tapHeads(`${name}.${tap}`, rotate(part(qkv, i), turns))); // n d, n d
	return tf.concat<tf.Tensor2D>([...both, part(qkv, 2)], 1);
}

/** What {@link turned} made, from what the run kept. @param qkv (n, 3 d): before it */
export function turnedBefore(
	qkv: tf.Tensor2D,
	rotary: RotaryWeights | null,
	name: string,
	gradients: Gradients
): tf.Tensor2D {
	if (!rotary) return qkv;
	return tf.concat([...TAPS.map((tap) => gradients.value<tf.Tensor2D>(`${name}.${tap}`)), part(qkv, 2)], 1);
}

/** The way back through {@link turned}. @param both gradients with respect to turned queries and keys, each (n, d) */
export function turnedBack(
	both: readonly tf.Tensor2D[],
	rotary: RotaryWeights | null,
	name: string,
	gradients: Gradients
): readonly tf.Tensor2D[] {
	if (!rotary) return both;
	const turns = turnsAt(rotary, gradients.tokensAt(`${name}.query`));
	return both.map((gradient, i) => rotateBack(gradients.tapHeads(`${name}.${TAPS[i]}`, gradient), turns));
}

/** One of the three parts of `qkv`: (n, d). */
function part(qkv: tf.Tensor2D, index: number): tf.Tensor2D {
	const [n, width] = qkv.shape;
	return tf.slice(qkv, [0, (index * width) / 3], [n, width / 3]);
}

/** Where tokens were taken out, those that are left keep their own places. @param tokens null for all */
function turnsAt({ cos, sin }: RotaryWeights, tokens: readonly number[] | null): RotaryWeights {
	if (!tokens) return { cos, sin };
	const left = tf.tensor1d([...tokens], 'int32');
	return { cos: tf.gather(cos, left), sin: tf.gather(sin, left) };
}
