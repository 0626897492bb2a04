import type * as tf from '@tensorflow/tfjs-core';
import { PatchworkError } from '../../base/errors';

export function noGradients(): tf.Tensor2D {
	throw new PatchworkError(
		'request',
		'Gradients are not worked out for a CNN yet; choose a ViT or a Swin to see what is made of them.'
	);
}
