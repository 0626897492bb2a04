import * as tf from '@tensorflow/tfjs-core';
import type { Mask, MeanOf, Numbers, Planned } from './planned';

/** Where an edit reads what it does not have itself. Tensors stay the owner's. */
export interface Elsewhere {
	/** A tap of this run that is computed by now, shaped as its spec says. */
	here(name: string): tf.Tensor;
	/** The edited tap in another run. */
	there(run: string): tf.Tensor;
}

/**
 * Carries out one edit, by the few kernels that a page has (see `backends/`). Called inside `tf.tidy`.
 * @param x the tap, shaped as the plan says
 * @returns a tensor of the same shape, or of a shorter one where tokens were taken out
 */
export function applyEdit(x: tf.Tensor, edit: Planned, elsewhere: Elsewhere): tf.Tensor {
	switch (edit.kind) {
		case 'values':
			return chosen(edit.mask, numbers(edit.values, x.shape), x);
		case 'scale':
			return chosen(edit.mask, tf.mul(x, edit.by), x);
		case 'add':
			return chosen(edit.mask, tf.add(x, numbers(edit.values, x.shape)), x);
		case 'mean':
			return chosen(edit.mask, spread(meanOf(x, edit.from, elsewhere), x.shape), x);
		case 'photos': {
			const sum = edit.runs.reduce((total, run) => tf.add(total, elsewhere.there(run)), x);
			return chosen(edit.mask, tf.mul(sum, 1 / (1 + edit.runs.length)), x);
		}
		case 'replace':
			return chosen(edit.mask, elsewhere.there(edit.run), x);
		case 'take':
			return tf.gather(x, tf.tensor1d([...edit.places], 'int32'), edit.axis);
	}
}

function numbers(values: Numbers, shape: number[]): tf.Tensor {
	const data = typeof values === 'number' ? new Float32Array(tf.util.sizeFromShape(shape)).fill(values) : values;
	return tf.tensor(data, shape, 'float32');
}

/** `changed` where the mask is 1, `x` elsewhere. */
export function chosen(mask: Mask, changed: tf.Tensor, x: tf.Tensor): tf.Tensor {
	return mask ? tf.where(tf.tensor(mask, x.shape, 'bool'), changed, x) : changed;
}

function meanOf(x: tf.Tensor, { tap, shape, mask, axes, count }: MeanOf, elsewhere: Elsewhere): tf.Tensor {
	const all = tap === null ? x : tf.reshape(elsewhere.here(tap), [...shape]);
	const part = mask ? chosen(mask, all, tf.zeros(all.shape)) : all;
	const averaged = axes.reduce((product, axis) => product * (shape[axis] ?? 1), 1);
	return tf.mul(tf.mean(part, [...axes], true), averaged / count);
}

/** A mean repeated over a tap; where it has more axes, those have a length of 1. */
function spread(mean: tf.Tensor, shape: number[]): tf.Tensor {
	const fewer = mean.rank > shape.length ? tf.reshape(mean, mean.shape.slice(mean.rank - shape.length)) : mean;
	return tf.add(tf.zeros(shape), fewer);
}
