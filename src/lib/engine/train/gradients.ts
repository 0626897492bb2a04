import * as tf from '@tensorflow/tfjs-core';
import { softmax } from '../ops/softmax';
import type { Batch } from './batches';
import type { NetworkPlan, ParameterValues } from './contract';
import { tensorsOf } from './grown';
import type { Dropout } from './layers';
import { passOf, valueOf } from './pass';
import { learned, sizeOf } from './plans';

/** What a batch says of the network as it is. */
export interface LossGradients {
	/** What each head says, (batch, classes) row by row. */
	readonly logits: readonly Float32Array[];
	/** Of the loss, with respect to every parameter that learns. */
	readonly gradients: ParameterValues;
}

/** What each head is to say of each picture of a batch, by the numbers of classes. */
export type Goals = readonly (readonly number[])[];

/**
 * The gradient of the loss by every parameter: the mean over batch and heads of the cross entropy with the goals. One
 * transfer brings all of it from the backend, and no tensor is left there.
 * @param goals one list a head
 */
export async function lossGradients(
	plan: NetworkPlan,
	parameters: ParameterValues,
	batch: Batch,
	goals: Goals,
	dropout: Dropout | null
): Promise<LossGradients> {
	const specs = learned(plan);
	const numbers = tf.tidy(() => {
		const tensors = tensorsOf(plan, parameters);
		const gradients = new Map<string, tf.Tensor>();
		const learn = (own: string, gradient: tf.Tensor) => {
			// A parameter that is read in two places, as the last norm by two heads, moves for the sake of both.
			const [name, before] = [`parameters.${own}`, gradients.get(`parameters.${own}`)];
			gradients.set(name, before ? tf.add(before, gradient) : gradient);
		};
		const said = passOf(plan, { value: (name) => valueOf(tensors, name), learn }, batch, dropout);
		said.back(said.logits.map((logits, i) => lossBack(logits, goals[i] ?? [], said.logits.length)));
		const own = specs.map(({ name }) => gradients.get(name) ?? missing(name));
		return tf.concat([...said.logits, ...own].map((tensor) => tf.reshape(tensor, [-1]) as tf.Tensor1D));
	});
	const data = (await numbers.data<'float32'>()).slice();
	numbers.dispose();
	let at = 0;
	const next = (length: number) => data.subarray(at, (at += length));
	const logits = goals.map(() => next(batch.labels.length * plan.classes));
	return { logits, gradients: new Map(specs.map(({ name, shape }) => [name, next(sizeOf(shape))])) };
}

/** Of the mean cross entropy: shares less one at the goal, by pictures and heads. */
function lossBack(logits: tf.Tensor2D, goals: readonly number[], heads: number): tf.Tensor2D {
	const [pictures, classes] = logits.shape;
	const wanted = new Float32Array(pictures * classes);
	for (const [i, goal] of goals.entries()) wanted[i * classes + goal] = 1;
	return tf.mul(tf.sub<tf.Tensor2D>(softmax(logits), tf.tensor2d(wanted, [pictures, classes])), 1 / (pictures * heads));
}

function missing(name: string): never {
	throw new Error(`The way back met no parameter '${name}'.`);
}
