import * as tf from '@tensorflow/tfjs-core';
import { Model, type CheckpointFiles } from '../../../src/lib/engine/model';
import { pixelValues, roundedToHalves, timmCheckpoint } from '../../../src/lib/engine/testing/checkpoint';
import { approximatedCheckpoint } from '../../../src/lib/engine/testing/kinds';
import { swinCheckpoint, swinPixels } from '../../../src/lib/engine/testing/swin-checkpoint';
import { largest, largestDifference } from './numbers';

/** A run that was asked for its logits alone beside one that keeps all. */
export interface JoinedComparison {
	readonly name: string;
	/** The largest difference of the logits, divided by the largest of them. */
	readonly difference: number;
	/** Kernels of tfjs and ours that either run called, each as often as it did. */
	readonly kernels: { readonly all: readonly string[]; readonly asked: readonly string[] };
	/** Tensors that were there after everything was disposed and not before. */
	readonly leaked: number;
}

const halves = (): CheckpointFiles => ({
	...timmCheckpoint(),
	weights: roundedToHalves(timmCheckpoint().weights).halves
});

const KINDS: readonly (readonly [name: string, files: () => CheckpointFiles, pixels: () => Float32Array])[] = [
	['a plain ViT', timmCheckpoint, pixelValues],
	['float16 weights', halves, pixelValues],
	['an approximated GELU', approximatedCheckpoint, pixelValues],
	['a Swin', swinCheckpoint, swinPixels]
];

/** Of each kind, on the current backend. */
export async function compareJoined(): Promise<JoinedComparison[]> {
	const comparisons: JoinedComparison[] = [];
	for (const [name, files, pixels] of KINDS) comparisons.push(await compare(name, files(), pixels()));
	return comparisons;
}

async function compare(name: string, files: CheckpointFiles, pixels: Float32Array): Promise<JoinedComparison> {
	const before = tf.memory().numTensors;
	const model = Model.load(files);
	const all = await logitsOf(model, pixels, () => true);
	const asked = await logitsOf(model, pixels, (tap) => tap === 'logits');
	model.dispose();
	return {
		name,
		difference: largestDifference(all.logits, asked.logits) / largest(all.logits),
		kernels: { all: all.kernels, asked: asked.kernels },
		leaked: tf.memory().numTensors - before
	};
}

async function logitsOf(model: Model, pixels: Float32Array, taps: (tap: string) => boolean) {
	let logits: Float32Array = new Float32Array();
	const { kernels } = await tf.profile(async () => {
		const trace = await model.run(pixels, { taps });
		logits = (await trace.read('logits')).data;
		trace.dispose();
		return [];
	});
	return { logits, kernels: kernels.map(({ name }) => name) };
}
