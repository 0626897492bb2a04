import * as tf from '@tensorflow/tfjs-core';
import { toPatches } from '../ops/patches';

/*
 * The shapes that the forward pass computes in and those that a tap has. A tap has its heads apart, as PyTorch has them;
 * the pass has them side by side, (w n, parts h d), because that is what is fast. w is 1 outside windows.
 */

/** Cuts one part out of `(w n) (parts h d) -> w h n d`. @param shape (w, h, n, d) */
export function headsApart(x: tf.Tensor2D, shape: readonly number[], part: number): tf.Tensor4D {
	const [w = 1, h = 1, n = 1, d = 1] = shape;
	const own = tf.slice(x, [0, part * h * d], [w * n, h * d]);
	return tf.transpose(tf.reshape(own, [w, n, h, d]), [0, 2, 1, 3]);
}

/** Puts that part back, with those beside it as they were. @param heads (w, h, n, d) */
export function headsBeside(x: tf.Tensor2D, heads: tf.Tensor, part: number): tf.Tensor2D {
	const [w = 1, h = 1, n = 1, d = 1] = heads.shape;
	const [rows, width] = x.shape;
	const own = tf.reshape(tf.transpose(heads, [0, 2, 1, 3]), [w * n, h * d]);
	if (width === h * d) return own as tf.Tensor2D;
	const start = part * h * d;
	const [before, after] = [tf.slice(x, [0, 0], [rows, start]), tf.slice(x, [0, start + h * d], [rows, -1])];
	return tf.concat(
		[before, own as tf.Tensor2D, after].filter(({ size }) => size > 0),
		1
	);
}

/** Pixels as the rows of their patches. @param pixels (1, c, height, width) @returns (1, n, c p p) */
export function pixelsApart(pixels: tf.Tensor4D, p: number): tf.Tensor3D {
	const patches = toPatches(pixels, p);
	return tf.reshape(patches, [1, ...patches.shape]);
}
