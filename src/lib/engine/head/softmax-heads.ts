import * as tf from '@tensorflow/tfjs-core';
import { softmax } from '../ops/softmax';
import { atHome, spreadOf, type Spread } from './spread';

/** What several softmax layers learn from: the same photos, each layer from some of them. */
export interface HeadsTask {
	/** (photos, width): what a head reads of each photo. */
	readonly features: Float32Array;
	readonly width: number;
	/** The class of each photo, from 0. */
	readonly labels: readonly number[];
	readonly classes: number;
	/** Which photos each layer learns from, 1 for yes; one for each layer, and none of them empty. */
	readonly learns: readonly Uint8Array[];
	/** How strongly large weights are held back: the factor before half of their squares' sum. Above 0. */
	readonly l2: number;
}

export interface TrainedHeads {
	/** Of the first layer, for features as they were given: (classes, width), as PyTorch stores a linear layer. */
	readonly weight: Float32Array;
	/** (classes) */
	readonly bias: Float32Array;
	/** What each layer says of each photo, those that it did not learn from among them: (layers, photos, classes). */
	readonly probabilities: Float32Array;
	/** Steps until nothing moved any more, or until patience ran out. */
	readonly steps: number;
	/** Whether nothing moved any more. */
	readonly settled: boolean;
}

/** Steps at most; real photos need a tenth of it. */
export const MOST_STEPS = 2000;
/** A layer has settled when the slope of its loss is no longer than this. */
const FLAT = 1e-4;
/** Steps between two looks at the slope: a look waits for the GPU. */
const BETWEEN = 20;

/** Tensors of the training, all of them its own. */
interface Held {
	/** (photos, inputs): centred and scaled features, and a one for the bias. */
	readonly inputs: tf.Tensor2D;
	readonly turned: tf.Tensor2D;
	/** (photos, layers, classes): one where the photo is of the class. */
	readonly wanted: tf.Tensor3D;
	/** (photos, layers, 1): how much a photo counts for a layer, 1 for all together. */
	readonly counts: tf.Tensor3D;
	/** (inputs, 1): what weights are held back by; the bias is free. */
	readonly hold: tf.Tensor2D;
}

/** Where the layers are, and where the momentum carries them: (inputs, layers * classes). */
interface State {
	readonly at: tf.Tensor2D;
	readonly ahead: tf.Tensor2D;
}

/**
 * Trains softmax layers (multinomial logistic regression with a penalty on the weights' squares), all of them at once: a
 * layer is a few more columns of one matrix. The loss is convex, and there is one answer but for a number added to all
 * biases of a layer, which stay as they begin: at zero on the mean. Steps are Nesterov's with constant momentum (Nesterov 2004, Introductory Lectures on Convex
 * Optimization, scheme 2.2.11), as long as the loss's curvature allows.
 * @param pause awaited after every few steps with how many were made; throw to cancel
 */
export async function trainHeads(
	task: HeadsTask,
	pause: (steps: number) => Promise<void> | void = () => undefined
): Promise<TrainedHeads> {
	const spread = spreadOf(task.features, task.width);
	const held = hold(task, spread);
	let state = start(task);
	try {
		const pace = paceOf(spread, task.l2);
		let steps = 0;
		let settled = false;
		while (!settled && steps < MOST_STEPS) {
			for (let i = 0; i < BETWEEN; i++) state = replace(state, step(state, held, task, pace));
			steps += BETWEEN;
			settled = (await steepest(state, held, task)) < FLAT;
			await pause(steps);
		}
		return { ...(await read(state, held, task, spread)), steps, settled };
	} finally {
		tf.dispose([state.at, state.ahead, ...Object.values(held)]);
	}
}

function hold({ labels, classes, learns, l2, width }: HeadsTask, { values }: Spread): Held {
	const [photos, layers] = [labels.length, learns.length];
	const wanted = new Float32Array(photos * layers * classes);
	const counts = new Float32Array(photos * layers);
	learns.forEach((learnt, layer) => {
		const all = learnt.reduce((sum, one) => sum + one, 0);
		labels.forEach((label, photo) => {
			wanted[(photo * layers + layer) * classes + label] = 1;
			counts[photo * layers + layer] = (learnt[photo] ?? 0) / all;
		});
	});
	const inputs = tf.tensor2d(values, [photos, width + 1]);
	return {
		inputs,
		turned: tf.transpose(inputs),
		wanted: tf.tensor3d(wanted, [photos, layers, classes]),
		counts: tf.tensor3d(counts, [photos, layers, 1]),
		hold: tf.tensor2d(
			Float32Array.from({ length: width + 1 }, (_, i) => (i < width ? l2 : 0)),
			[width + 1, 1]
		)
	};
}

function start({ width, learns, classes }: HeadsTask): State {
	const zeros = () =>
		tf.tensor2d(new Float32Array((width + 1) * learns.length * classes), [width + 1, learns.length * classes]);
	return { at: zeros(), ahead: zeros() };
}

interface Pace {
	readonly rate: number;
	readonly momentum: number;
}

/** The second derivative of softmax and cross-entropy is at most half of the input's square (Böhning 1992). */
function paceOf({ longest }: Spread, l2: number): Pace {
	const steepest = longest / 2 + l2;
	const ratio = Math.sqrt(steepest / l2);
	return { rate: 1 / steepest, momentum: (ratio - 1) / (ratio + 1) };
}

/** (photos, layers, classes) */
function sharesAt(weights: tf.Tensor2D, inputs: tf.Tensor2D, { learns, classes }: HeadsTask): tf.Tensor3D {
	const logits = tf.matMul<tf.Tensor2D>(inputs, weights); //                       photos (layers classes)
	const rows = tf.reshape(logits, [-1, classes]); //                               (photos layers) classes
	return tf.reshape(softmax(rows), [-1, learns.length, classes]);
}

/** The slope of every layer's loss: (inputs, layers * classes) */
function slopeAt(weights: tf.Tensor2D, { inputs, turned, wanted, counts, hold }: Held, task: HeadsTask): tf.Tensor2D {
	const off = tf.mul(tf.sub(sharesAt(weights, inputs, task), wanted), counts);
	const slope = tf.matMul<tf.Tensor2D>(turned, tf.reshape(off, [task.labels.length, -1]));
	return tf.add<tf.Tensor2D>(slope, tf.mul(weights, hold));
}

function step({ at, ahead }: State, held: Held, task: HeadsTask, { rate, momentum }: Pace): State {
	return tf.tidy(() => {
		const next = tf.sub<tf.Tensor2D>(ahead, tf.mul(slopeAt(ahead, held, task), rate));
		return { at: next, ahead: tf.add<tf.Tensor2D>(next, tf.mul(tf.sub(next, at), momentum)) };
	});
}

function replace(before: State, now: State): State {
	tf.dispose([before.at, before.ahead]);
	return now;
}

/** The length of the longest slope of all layers. */
async function steepest({ at }: State, held: Held, task: HeadsTask): Promise<number> {
	const { width, learns, classes } = task;
	const means = tf.tidy(() => {
		const squares = tf.square(slopeAt(at, held, task));
		const byLayer = tf.transpose(tf.reshape(squares, [width + 1, learns.length, classes]), [1, 0, 2]);
		return tf.mean(tf.reshape(byLayer, [learns.length, -1]), 1);
	});
	const values = await means.data();
	means.dispose();
	return Math.sqrt((width + 1) * classes * Math.max(...values));
}

async function read({ at }: State, { inputs }: Held, task: HeadsTask, spread: Spread) {
	const { learns, classes } = task;
	const shares = tf.tidy(() => tf.transpose(sharesAt(at, inputs, task), [1, 0, 2]));
	const [weights, probabilities] = await Promise.all([at.data(), shares.data()]);
	shares.dispose();
	const columns = learns.length * classes;
	const first = Float64Array.from({ length: (weights.length / columns) * classes }, (_, i) => {
		return weights[Math.floor(i / classes) * columns + (i % classes)] ?? 0;
	});
	return { ...atHome(first, classes, spread), probabilities: Float32Array.from(probabilities) };
}
