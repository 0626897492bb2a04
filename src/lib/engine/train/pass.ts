import * as tf from '@tensorflow/tfjs-core';
import { channelsLast, patchRows, type Batch } from './batches';
import type { NetworkPlan, ParameterValues } from './contract';
import { convPass } from './conv-pass';
import { tensorsOf } from './grown';
import { byKind } from './kinds';
import type { Dropout } from './layers';
import type { Learner } from './passed';
import { cnnConfig, vitConfig } from './plans';
import { meanOf } from './said';
import { vitPass, type Said } from './vit-pass';

/** What a plan's network says of a batch, and the way back. Called inside `tf.tidy`. @param dropout null but for learning */
export function passOf(plan: NetworkPlan, learner: Learner, batch: Batch, dropout: Dropout | null = null): Said {
	const { labels, size } = batch;
	const count = labels.length;
	return byKind(plan, {
		vit(own) {
			const { patch } = own;
			const rows = tf.tensor2d(patchRows(batch, patch), [count * (size / patch) ** 2, 3 * patch * patch]);
			return vitPass(vitConfig(own), learner, rows, count, dropout);
		},
		cnn(own) {
			return convPass(cnnConfig(own), learner, tf.tensor4d(channelsLast(batch), [count, size, size, 3]));
		}
	});
}

/**
 * What a plan's network says of a batch, without a way back: the mean of what its heads say, (batch, classes) row by row.
 * No tensor is left on the backend.
 */
export async function saidOf(plan: NetworkPlan, parameters: ParameterValues, batch: Batch): Promise<Float32Array> {
	const numbers = tf.tidy(() => {
		const tensors = tensorsOf(plan, parameters);
		const { logits } = passOf(plan, { value: (name) => valueOf(tensors, name), learn() {} }, batch);
		return tf.concat([...logits], 0);
	});
	const data = (await numbers.data<'float32'>()).slice();
	numbers.dispose();
	const length = batch.labels.length * plan.classes;
	return meanOf(Array.from({ length: data.length / length }, (_, i) => data.subarray(i * length, (i + 1) * length)));
}

/** A parameter of a pass. @param name without `parameters.` */
export function valueOf<T extends tf.Tensor>(tensors: ReadonlyMap<string, tf.Tensor>, name: string): T {
	const tensor = tensors.get(`parameters.${name}`);
	if (tensor) return tensor as T;
	throw new Error(`The network has no parameter '${name}'.`);
}
