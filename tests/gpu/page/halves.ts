import * as tf from '@tensorflow/tfjs-core';
import { halvesToFloats } from '../../../src/lib/engine/checkpoint/half';
import { inputShape } from '../../../src/lib/engine/config';
import { Model, type CheckpointFiles } from '../../../src/lib/engine/model';
import { HalfMatrix } from '../../../src/lib/engine/ops/half-matrix';
import { linear } from '../../../src/lib/engine/ops/linear';
import { roundedToHalves, SIZES, timmCheckpoint } from '../../../src/lib/engine/testing/checkpoint';
import { SWIN_SIZES, swinCheckpoint } from '../../../src/lib/engine/testing/swin-checkpoint';
import { weightSpecs } from '../../../src/lib/engine/weights';
import { largest, largestDifference, numbers } from './numbers';

/** A float16 checkpoint beside the same numbers stored as float32. */
export interface HalvesComparison {
	readonly name: string;
	/** Parameters that read otherwise, by their names. */
	readonly otherWeights: readonly string[];
	/** The largest difference of any tap, divided by the tap's largest magnitude. */
	readonly difference: number;
	/** Bytes that the weights took less, and those that float16 matrices of these sizes take less than float32 ones. */
	readonly saved: number;
	readonly toSave: number;
	/** Tensors that were there after everything was disposed and not before. */
	readonly leaked: number;
}

const MADE_UP: Readonly<Record<string, () => CheckpointFiles>> = {
	'a ViT of odd sizes': () => timmCheckpoint({ ...SIZES, dim: 45, mlp: 131, classes: 1001 }),
	'a Swin without biases': () => swinCheckpoint({ ...SWIN_SIZES, stages: SWIN_SIZES.stages.slice(0, 2), qkvBias: false })
};

/** Each of these, on the current backend. */
export async function compareHalves(): Promise<HalvesComparison[]> {
	const comparisons: HalvesComparison[] = [];
	for (const [name, files] of Object.entries(MADE_UP)) comparisons.push(await compare(name, files()));
	return comparisons;
}

async function compare(name: string, files: CheckpointFiles): Promise<HalvesComparison> {
	const before = tf.memory().numTensors;
	const { halves, floats } = roundedToHalves(files.weights);
	const plain = await runAndRead({ ...files, weights: floats });
	const packed = await runAndRead({ ...files, weights: halves });
	const differences = [...plain.taps].map(
		([tap, values]) => largestDifference(values, packed.taps.get(tap) ?? []) / largest(values)
	);
	return {
		name,
		otherWeights: [...plain.weights.keys()].filter(
			(weight) => largestDifference(plain.weights.get(weight) ?? [], packed.weights.get(weight) ?? []) !== 0
		),
		difference: largest(differences),
		saved: plain.bytes - packed.bytes,
		toSave: plain.toSave,
		leaked: tf.memory().numTensors - before
	};
}

interface Read {
	readonly weights: ReadonlyMap<string, Float32Array>;
	readonly taps: ReadonlyMap<string, Float32Array>;
	readonly bytes: number;
	readonly toSave: number;
}

/** Everything that a model holds and makes of one input. */
async function runAndRead(files: CheckpointFiles): Promise<Read> {
	const before = tf.memory().numBytes;
	const model = Model.load(files);
	const bytes = tf.memory().numBytes - before;
	const trace = await model.run(numbers(tf.util.sizeFromShape(inputShape(model.config)), 3));
	const read = async (names: readonly string[]) =>
		new Map(await Promise.all(names.map(async (name) => [name, (await model.read(trace, name)).data] as const)));
	try {
		const specs = weightSpecs(model.config);
		const matrices = specs.filter(({ name, shape }) => name.endsWith('.weight') && shape.length === 2);
		return {
			weights: await read(specs.map(({ name }) => name)),
			taps: await read(trace.names),
			bytes,
			toSave: matrices.reduce((sum, { shape }) => sum + 4 * Math.floor(tf.util.sizeFromShape(shape) / 2), 0)
		};
	} finally {
		trace.dispose();
		model.dispose();
	}
}

/** Every binary16 number as a weight, times 1: how many of them the kernel gave as another number than it is. */
export async function countWrongHalves(): Promise<number> {
	const all = Uint16Array.from({ length: 0x10000 }, (_, half) => half);
	const weight = new HalfMatrix(all, [1, all.length]);
	const product = tf.tidy(() => linear(tf.ones<tf.Rank.R2>([1, 1]), { weight, bias: null }));
	const values = await product.data();
	tf.dispose(product);
	weight.dispose();
	const isSame = (a: number, b: number | undefined) => a === b || (Number.isNaN(a) && Number.isNaN(b));
	return halvesToFloats(all).filter((value, i) => !isSame(value, values[i])).length;
}
