import * as tf from '@tensorflow/tfjs-core';
import { PatchworkError } from '../../base/errors';
import { chosen } from './apply';
import type { MeanOf, Planned } from './planned';

/**
 * What a gradient with respect to an edited tap becomes with respect to the tap before the edit: the transpose of what
 * `apply.ts` does, which is linear in the tap whatever is done. Called inside `tf.tidy`.
 * @param gradient shaped as the tap after the edit
 * @param shape of the tap before it
 * @param name the tap's, for the refusal
 * @returns a tensor of `shape`
 * @throws PatchworkError `request` for a mean of another tap: the gradient would have to go on in two places
 */
export function gradientBefore(gradient: tf.Tensor, edit: Planned, shape: readonly number[], name: string): tf.Tensor {
	switch (edit.kind) {
		case 'values':
		case 'replace':
			return chosen(edit.mask, tf.zeros(gradient.shape), gradient);
		case 'scale':
			return chosen(edit.mask, tf.mul(gradient, edit.by), gradient);
		case 'add':
			return gradient;
		case 'photos':
			return chosen(edit.mask, tf.mul(gradient, 1 / (1 + edit.runs.length)), gradient);
		case 'take':
			return putBack(gradient, edit, shape);
		case 'mean': {
			if (edit.from.tap !== null) throw elsewhere(name, edit.from.tap);
			const zeros = tf.zeros(gradient.shape);
			const stays = chosen(edit.mask, zeros, gradient);
			return tf.add(stays, shared(chosen(edit.mask, gradient, zeros), edit.from));
		}
	}
}

/** @throws PatchworkError `request` for an edit that makes a parameter depend on a tap */
export function checkIsConstant(edits: readonly Planned[], name: string): void {
	for (const edit of edits) if (edit.kind === 'mean' && edit.from.tap !== null) throw elsewhere(name, edit.from.tap);
}

/** Each place gets what went on from it; what was taken out gets 0. */
export function putBack(
	gradient: tf.Tensor,
	{ axis, places }: Pick<Extract<Planned, { kind: 'take' }>, 'axis' | 'places'>,
	shape: readonly number[]
): tf.Tensor {
	const nothing = tf.zeros(gradient.shape.with(axis, 1));
	const from = Array.from({ length: shape[axis] ?? 0 }, (_, place) => places.indexOf(place));
	const rows = from.map((at) => (at < 0 ? places.length : at));
	return tf.gather(tf.concat([gradient, nothing], axis), tf.tensor1d(rows, 'int32'), axis);
}

/** Every number that a mean is of gets its share of what went into the mean's places. */
function shared(gradient: tf.Tensor, { mask, axes, count, shape }: MeanOf): tf.Tensor {
	const places = axes.reduce((product, axis) => product * (shape[axis] ?? 1), 1);
	const share = tf.mul(tf.mean(gradient, [...axes], true), places / count);
	const zeros = tf.zeros(gradient.shape);
	return chosen(mask, tf.add(zeros, share), zeros);
}

function elsewhere(name: string, other: string): PatchworkError {
	return new PatchworkError(
		'request',
		`The edit of "${name}" takes its mean from "${other}", and gradients are not followed there: leave that edit out, or ask for taps that come after "${name}".`
	);
}
