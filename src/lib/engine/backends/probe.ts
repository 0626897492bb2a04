import * as tf from '@tensorflow/tfjs-core';
import type { ViTConfig } from '../config';
import { Trace } from '../trace';
import { encoderBlock, type BlockWeights } from '../vit';
import { startBackend, type RunningBackend } from './start';
import type { BackendName, ProbeResult } from './names';

/** ViT-Tiny's sizes: the work that is measured is one of its encoder blocks, by the code that runs it later. */
const SIZES: ViTConfig = {
	family: 'vit',
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
	preprocess: {
		size: [224, 224],
		cropPct: 1,
		interpolation: 'bicubic',
		fit: 'shorter',
		mean: [0, 0, 0],
		std: [1, 1, 1]
	}
};
const TOKENS = 197;

/** Timed runs after one that warms up (and compiles shaders). */
const RUNS = 5;

/** A backend that takes longer than this to start, warm up and run is no candidate. */
const DEADLINE_MS = 8000;

/** With fewer cores, tfjs's threads (half of the cores) would be one. */
const MIN_CORES = 4;
const MAX_THREADS = 8;

/** Measures every backend that could run here, one after the other. Never throws. */
export async function probeAll(): Promise<ProbeResult[]> {
	const results: ProbeResult[] = [];
	for (const [name, threads] of candidates()) results.push(await probe(name, threads));
	return results;
}

/** What is measured, the cheapest to start first. */
function candidates(): [BackendName, threads: number][] {
	const cores = navigator.hardwareConcurrency;
	const threads = globalThis.crossOriginIsolated && cores >= MIN_CORES ? Math.min(cores >> 1, MAX_THREADS) : 1;
	const wasm: [BackendName, number][] =
		threads > 1
			? [
					['wasm', 1],
					['wasm', threads]
				]
			: [['wasm', 1]];
	return [...wasm, ['webgl', 1], ['webgpu', 1]];
}

/** Measures one backend. Never throws: what went wrong is the result's note. */
export async function probe(name: BackendName, threads = 1): Promise<ProbeResult> {
	try {
		return await withDeadline(measure(name, threads));
	} catch (error) {
		return { name, threads, milliseconds: null, note: error instanceof Error ? error.message : String(error) };
	}
}

async function measure(name: BackendName, threads: number): Promise<ProbeResult> {
	const running = await startBackend(name, threads);
	try {
		return await timeBlock(running);
	} finally {
		running.stop();
	}
}

async function timeBlock({ name, threads }: RunningBackend): Promise<ProbeResult> {
	const weights = blockWeights();
	const x = wave([TOKENS, SIZES.dim], 1) as tf.Tensor2D;
	const times: number[] = [];
	try {
		for (let i = 0; i <= RUNS; i++) {
			const started = performance.now();
			await runOnce(weights, x);
			if (i > 0) times.push(performance.now() - started);
		}
	} finally {
		tf.dispose([x, ...Object.values(weights).flatMap((layer) => Object.values(layer) as tf.Tensor[])]);
	}
	times.sort((a, b) => a - b);
	return { name, threads, milliseconds: times[RUNS >> 1] ?? null, note: '' };
}

/** One block, and its attention read back, as the inspector does. */
async function runOnce(weights: BlockWeights, x: tf.Tensor2D): Promise<void> {
	const trace = new Trace(SIZES, (name) => name === 'blocks.0.attn.weights');
	const out = tf.tidy(() => encoderBlock(SIZES, weights, x, 'blocks.0', trace));
	try {
		const [tap, last] = await Promise.all([trace.read('blocks.0.attn.weights'), out.data()]);
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
		norm2: norm(),
		fc1: linear(dim, mlpDim),
		fc2: linear(mlpDim, dim)
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

async function withDeadline<T>(work: Promise<T>): Promise<T> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const deadline = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error(`did not answer within ${DEADLINE_MS / 1000} s`)), DEADLINE_MS);
	});
	try {
		return await Promise.race([work, deadline]);
	} finally {
		clearTimeout(timer);
	}
}
