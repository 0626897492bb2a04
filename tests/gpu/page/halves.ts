import * as tf from '@tensorflow/tfjs-core';
import { halvesToFloats } from '../../../src/lib/engine/checkpoint/half';
import { inputShape } from '../../../src/lib/engine/config';
import { Model, type CheckpointFiles } from '../../../src/lib/engine/model';
import { HalfMatrix } from '../../../src/lib/engine/ops/half-matrix';
import { linear } from '../../../src/lib/engine/ops/linear';
import { roundedToHalves, SIZES, timmCheckpoint } from '../../../src/lib/engine/testing/checkpoint';
import { SWIN_SIZES, swinCheckpoint } from '../../../src/lib/engine/testing/swin-checkpoint';
import { parameterSpecs } from '../../../src/lib/engine/families';
import { picture } from '../../bench/page/picture';
import { largest, largestDifference, numbers } from './numbers';
import { start } from './start';

/** A float16 checkpoint beside the same numbers stored as float32. */
export interface HalvesComparison {
	readonly name: string;
	/** The largest difference of each of what was read, divided by its largest magnitude. */
	readonly differences: Readonly<Record<string, number>>;
	/** Bytes that the weights took less, and those that float16 matrices of these sizes take less than float32 ones. */
	readonly saved: number;
	readonly toSave: number;
	/** Tensors that were there after everything was disposed and not before. */
	readonly leaked: number;
}

const TWO_STAGES = SWIN_SIZES.stages.slice(0, 2).map((stage) => ({ ...stage, depth: 1 }));

const MADE_UP: Readonly<Record<string, () => CheckpointFiles>> = {
	'a ViT of odd sizes': () => timmCheckpoint({ ...SIZES, dim: 45, mlp: 131, classes: 1001 }),
	'a Swin without biases': () => swinCheckpoint({ ...SWIN_SIZES, stages: TWO_STAGES, qkvBias: false })
};

/** A few parameters, and what the first layer and all of them make: reading more takes a software GPU long. */
const READ = ['parameters.patch_embed.weight', 'parameters.head.weight', 'patch_embed', 'logits'];

/** Each of the made-up models, on the current backend. */
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
	const differences = READ.map((read, i) => {
		const [a = [], b = []] = [plain.values[i], packed.values[i]];
		return [read, largestDifference(a, b) / largest(a)] as const;
	});
	return {
		name,
		differences: Object.fromEntries(differences),
		saved: plain.bytes - packed.bytes,
		toSave: plain.toSave,
		leaked: tf.memory().numTensors - before
	};
}

/** What a model takes, and what it makes of one input. */
async function runAndRead(files: CheckpointFiles) {
	const before = tf.memory().numBytes;
	const model = Model.load(files);
	const bytes = tf.memory().numBytes - before;
	const matrices = parameterSpecs(model.config).filter(
		({ name, shape }) => name.endsWith('.weight') && shape.length === 2
	);
	const toSave = matrices.reduce(
		(sum, { shape: [rows = 0, columns = 0] }) => sum + 4 * Math.floor((rows * columns) / 2),
		0
	);
	const trace = await model.run(numbers(tf.util.sizeFromShape(inputShape(model.config)), 3));
	try {
		const values = await Promise.all(READ.map(async (name) => (await model.read(trace, name)).data));
		return { values, bytes, toSave };
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

/** A float16 checkpoint on WebGPU beside itself on tfjs's cpu backend, where its numbers are float32. */
export interface BesideCpu {
	/** The largest differences, divided by the largest logit, and of shares. */
	readonly logits: number;
	readonly patterns: number;
	readonly parameters: number;
	/** What the parameters take on either. */
	readonly bytes: number;
	readonly cpuBytes: number;
	readonly leaked: number;
}

const PATTERN = /\.attn\.pattern$/;

/** @param folder address of a float16 checkpoint, ending in a slash */
export async function compareHalvesWithCpu(folder: string): Promise<BesideCpu> {
	const [config, weights] = await Promise.all([
		fetch(`${folder}config.json`).then((response) => response.json() as Promise<unknown>),
		fetch(`${folder}model.safetensors`).then((response) => response.arrayBuffer())
	]);
	const runOn = async (backend: 'cpu' | 'webgpu') => {
		await start(backend);
		const before = tf.memory();
		const model = Model.load({ config, preprocessor: null, weights });
		const bytes = tf.memory().numBytes - before.numBytes;
		const pixels = picture(inputShape(model.config));
		const trace = await model.run(pixels, { taps: (name) => name === 'logits' || PATTERN.test(name) });
		const read = new Map((await trace.readAll(trace.names)).map(({ name, data }) => [name, data]));
		const { parameters } = model;
		for (const owner of [trace, model]) owner.dispose();
		return { read, bytes, parameters, leaked: tf.memory().numTensors - before.numTensors };
	};
	const cpu = await runOn('cpu');
	const gpu = await runOn('webgpu');
	const off = (name: string) => largestDifference(cpu.read.get(name) ?? [], gpu.read.get(name) ?? []);
	return {
		logits: off('logits') / largest(cpu.read.get('logits') ?? []),
		patterns: Math.max(...[...cpu.read.keys()].filter((name) => PATTERN.test(name)).map(off)),
		parameters: gpu.parameters,
		bytes: gpu.bytes,
		cpuBytes: cpu.bytes,
		leaked: cpu.leaked + gpu.leaked
	};
}
