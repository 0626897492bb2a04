import * as tf from '@tensorflow/tfjs-core';

/**
 * Cuts the image into square patches and lays each out as a row: `1 c (h p1) (w p2) -> (h w) (c p1 p2)`.
 * The order within a row is that of a convolution's kernel, so the embedding's filters apply as they are.
 * @param pixels (1, c, height, width)
 * @returns (patches, c * p * p)
 */
export function toPatches(pixels: tf.Tensor4D, p: number): tf.Tensor2D {
	const [, c, height, width] = pixels.shape;
	const h = height / p;
	const w = width / p;
	// Two turns of at most four axes instead of one of five, which the wasm backend does thirty times slower.
	const bands = tf.transpose(tf.reshape(pixels, [c, h, p * width]), [1, 0, 2]); // h c (p1 w p2)
	const grouped = tf.transpose(tf.reshape(bands, [h, c * p, w, p]), [0, 2, 1, 3]); // h w (c p1) p2
	return tf.reshape(grouped, [h * w, c * p * p]);
}

/** What undoes {@link toPatches}. @param patches (patches, c * p * p) @param shape (1, c, height, width) */
export function fromPatches(patches: tf.Tensor, shape: readonly number[], p: number): tf.Tensor4D {
	const [, c = 1, height = 1, width = 1] = shape;
	const [h, w] = [height / p, width / p];
	const lines = tf.transpose(tf.reshape(patches, [h, w, c * p, p]), [0, 2, 1, 3]); // h (c p1) w p2
	const channels = tf.transpose(tf.reshape(lines, [h, c, p * width]), [1, 0, 2]); //  c h (p1 w p2)
	return tf.reshape(channels, [1, c, height, width]);
}
