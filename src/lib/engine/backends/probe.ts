import * as tf from '@tensorflow/tfjs-core';
import { PLAIN_VIT, type ViTConfig } from '../vit/config';
import { keepAsked } from '../keep';
import { Trace } from '../trace';
import { vitTapSpecs } from '../vit/taps';
import { encoderBlock } from '../vit/steps';
import type { BlockWeights } from '../vit/parameters';
import { startBackend, type RunningBackend } from './start';
import type { BackendName, ProbeResult } from './names';
import { wholePhoto } from '../whole-photo';

/** ViT-Tiny's sizes: the work that is measured is one of its encoder blocks, by the code that runs it later. */
const SIZES: ViTConfig = {
	family: 'vit',
	...PLAIN_VIT,
	imageSize: [224, 224],
	patchSize: 16,
	channels: 3,
	depth: 1,
	heads: 3,
	dim: 192,
	mlpDim: 768,
	qkvBias: true,
	layerNormEps: 1e-6,
	classes: 0,
	positions: { grid: [14, 14], prefix: 1, resampling: 'plain' },
	preprocess: wholePhoto([224, 224])
};
const TOKENS = 197;

/** Timed runs after one that warms up (and compiles shaders). */
const RUNS = 5;

/** One timed run that is slower than the best so far by this factor says enough. */
const HOPELESS = 3;

/**
 * Starts a backend, measures it and stops it: the median time of one encoder block, its attention read back.
 * @param best the best median so far, in milliseconds
 * @throws whatever the backend says when it can't run
 */
export async function probe(name: BackendName, threads: number, best: number): Promise<ProbeResult> {
	const running = await startBackend(name, threads);
	try {
		return await timeBlock(running, best);
	} finally {
		running.stop();
	}
}

async function timeBlock({ name, threads }: RunningBackend, best: number): Promise<ProbeResult> {
	const weights = blockWeights();
	const x = wave([TOKENS, SIZES.dim], 1) as tf.Tensor2D;
	const times: number[] = [];
	try {
		await runOnce(weights, x);
		while (times.length < RUNS && (times[0] ?? 0) < HOPELESS * best) {
			const started = performance.now();
			await runOnce(weights, x);
			times.push(performance.now() - started);
		}
	} finally {
		tf.dispose([x, ...Object.values(weights).flatMap((layer) => Object.values(layer ?? {}) as tf.Tensor[])]);
	}
	times.sort((a, b) => a - b);
	return { name, threads, milliseconds: times[times.length >> 1] ?? null, note: '' };
}

/** One block, and its attention read back, as the inspector does. */
async function runOnce(weights: BlockWeights, x: tf.Tensor2D): Promise<void> {
	const policy = keepAsked((name) => name === 'blocks.0.attn.pattern');
	const trace = new Trace(vitTapSpecs(SIZES), policy);
	const out = tf.tidy(() => encoderBlock(SIZES, weights, x, 'blocks.0', trace));
	try {
		const [tap, last] = await Promise.all([trace.read('blocks.0.attn.pattern'), out.data()]);
		if (!tap.data.every(Number.isFinite) || !last.every(Number.isFinite))
			throw new Error('gave numbers that are not finite');
	} finally {
		out.dispose();
		trace.dispose();
	}
}

function blockWeights(): BlockWeights {
	const { dim, mlpDim } = SIZES;
	const vector = (size: number, value: number) => tf.tensor1d(new Float32Array(size).fill(value));
	const linear = (inputs: number, outputs: number) => ({
		weight: wave([inputs, outputs], 1 / Math.sqrt(inputs)) as tf.Tensor2D,
		bias: wave([outputs], 0.1) as tf.Tensor1D
	});
	const norm = () => ({ scale: vector(dim, 1), offset: vector(dim, 0) });
	return {
		norm1: norm(),
		qkv: linear(dim, 3 * dim),
		proj: linear(dim, dim),
		scale1: null,
		norm2: norm(),
		fc1: linear(dim, mlpDim),
		fc2: linear(mlpDim, dim),
		scale2: null
	};
}

/** Numbers without a pattern that a shortcut could use, the same ones every time. */
function wave(shape: number[], amplitude: number): tf.Tensor {
	const data = Float32Array.from(
		{ length: tf.util.sizeFromShape(shape) },
		(_, i) => amplitude * Math.sin(i * i * 0.7 + i)
	);
	return tf.tensor(data, shape);
}
