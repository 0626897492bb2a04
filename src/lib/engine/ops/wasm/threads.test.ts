import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { useNodeBackend } from '../../backends/node';
import { convolve } from '../convolution';
import { bentBack, convolveBack, convolveParametersBack } from '../convolution-back';
import { attentionContext, attentionInPieces, attentionScores } from '../attention';
import { gelu, geluBack } from '../gelu';
import { layerNorm, layerNormBack, layerNormParametersBack } from '../layer-norm';
import { linear, linearBack, linearParametersBack } from '../linear';
import { softmax, softmaxBack } from '../softmax';
import { windowAttentionBack, windowContext, windowScores } from '../window-attention';
import { Heap } from './heap';
import { ACTIVE, controlOf, GENERATION, SLEEPING } from './job';
import { isShared } from './module';
import type { PoolSettings, StartThread, ThreadPool } from './pool';
import { registerThreadedKernels, registerWasmKernels, unregisterWasmKernels } from './register';
import { buildsUnderTest, numbers } from './testing';
import { startNodeThread, useSharedBackend } from './testing-threads';

let restore: () => void;
let pool: ThreadPool | null = null;

beforeAll(async () => {
	await useNodeBackend('wasm');
	restore = await useSharedBackend();
});
afterEach(() => {
	pool?.close();
	pool = null;
});
afterAll(() => {
	unregisterWasmKernels();
	restore();
});

/** However little there is to do, it is cut into parts. */
const FINE = { leastWork: 1 };

async function withThreads(
	threads: number,
	settings: Parameters<typeof registerThreadedKernels>[2] = FINE,
	start: StartThread = startNodeThread
): Promise<ThreadPool> {
	pool?.close();
	pool = await registerThreadedKernels(threads, start, settings);
	return pool;
}

type Op = () => tf.Tensor | tf.Tensor[];

/** The bits of what an op makes. */
function bitsOf(op: Op): number[] {
	const made = [tf.tidy(op)].flat();
	const bits = made.flatMap((tensor) => [...new Uint32Array((tensor.dataSync() as Float32Array).slice().buffer)]);
	tf.dispose(made);
	return bits;
}

const matrix = (rows: number, columns: number, seed = 1) => numbers<tf.Rank.R2>([rows, columns], 2, seed);
const vector = (length: number, seed: number) => numbers<tf.Rank.R1>([length], 2, seed);

/** Each kernel over sizes that are no multiples of its units. */
const OPS: Record<string, Op> = {
	linear: () => linear(matrix(13, 37), { weight: matrix(37, 131, 2), bias: vector(131, 3) }),
	'linear, one row': () => linear(matrix(1, 48), { weight: matrix(48, 99, 2), bias: vector(99, 3) }),
	linearBack: () => linearBack(matrix(21, 35), { weight: matrix(131, 35, 2), bias: null }),
	linearParametersBack: () => {
		const { weight, bias } = linearParametersBack(matrix(131, 45), matrix(131, 77, 2));
		return [weight, bias];
	},
	softmax: () => softmax(matrix(61, 53)),
	softmaxBack: () => softmaxBack(matrix(61, 53), tf.softmax(matrix(61, 53, 2))),
	layerNorm: () => layerNorm(matrix(61, 53), { scale: vector(53, 2), offset: vector(53, 3) }, 1e-6),
	layerNormBack: () =>
		layerNormBack(matrix(61, 53), matrix(61, 53, 2), { scale: vector(53, 2), offset: vector(53, 3) }, 1e-6),
	layerNormParametersBack: () => {
		const { scale, offset } = layerNormParametersBack(matrix(61, 77), matrix(61, 77, 2), 1e-6);
		return [scale, offset];
	},
	attentionInPieces: () => attentionInPieces(matrix(517, 3 * 2 * 5), 2),
	gelu: () => gelu(matrix(31, 77)),
	geluBack: () => geluBack(matrix(31, 77), matrix(31, 77, 2)),
	bentBack: () => bentBack(matrix(31, 77), matrix(31, 77, 2), 'relu6'),
	scores: () => attentionScores(matrix(53, 3 * 3 * 21), 3),
	context: () => attentionContext(softmax(attentionScores(matrix(53, 3 * 3 * 21), 3)), matrix(53, 3 * 3 * 21)),
	windowScores: () => windowScores(matrix(5 * 9, 3 * 2 * 7), 5, 2),
	windowContext: () => windowContext(windowScores(matrix(5 * 9, 3 * 2 * 7), 5, 2), matrix(5 * 9, 3 * 2 * 7)),
	windowAttentionBack: () => {
		const qkv = matrix(5 * 9, 3 * 2 * 7);
		return windowAttentionBack(matrix(5 * 9, 14, 2), softmax(windowScores(qkv, 5, 2)), qkv);
	},
	'convolutions on the way there': () => {
		const x = numbers<tf.Rank.R4>([3, 11, 7, 5]);
		const all = (kernel: number, depthwise: boolean) => {
			const weight = numbers<tf.Rank.R4>([kernel, kernel, 5, depthwise ? 1 : 19], 1, 3);
			const parameters = { weight, bias: vector(depthwise ? 5 : 19, 4) };
			const settings = { kernel, depthwise, bend: 'relu6', padding: 'symmetric' } as const;
			return [1, 2].map((stride) => convolve(x, parameters, { ...settings, stride }));
		};
		return [...all(1, false), ...all(3, false), ...all(3, true)];
	},
	convolutions: () => {
		const settings = { kernel: 3, stride: 2, padding: 'symmetric', depthwise: false } as const;
		const [x, gradient] = [numbers<tf.Rank.R4>([5, 11, 7, 5]), numbers<tf.Rank.R4>([5, 6, 4, 9], 1, 2)];
		const weight = numbers<tf.Rank.R4>([3, 3, 5, 9], 1, 3);
		const parameters = convolveParametersBack(gradient, x, settings);
		return [parameters.weight, parameters.bias, convolveBack(gradient, { weight }, settings, { rows: 11, columns: 7 })];
	}
};

const bitsOfAll = () => new Map(Object.entries(OPS).map(([name, op]) => [name, bitsOf(op)]));

/** The ops whose bits differ, by name: to lay out all the bits that do takes minutes. */
const differing = (one: ReadonlyMap<string, number[]>, other: ReadonlyMap<string, number[]>) =>
	[...one].filter(([name, bits]) => bits.join() !== other.get(name)?.join()).map(([name]) => name);

describe.each(buildsUnderTest())('threads on the $build kernels', ({ build, runs }) => {
	it.runIf(runs).each([2, 3, 5])('make with %i what one makes, to the last bit', async (threads) => {
		expect(await registerWasmKernels(build)).toBe(build);
		const alone = bitsOfAll();
		expect((await withThreads(threads, { ...FINE, build })).threads).toBe(threads);
		for (let again = 0; again < 5; again++) {
			expect(differing(alone, bitsOfAll())).toEqual([]);
		}
	});

	it.runIf(runs)('make the same where the thread that asks leaves all parts to them', async () => {
		await registerWasmKernels(build);
		const alone = bitsOfAll();
		await withThreads(3, { ...FINE, build, helps: false, waits: 20_000, waitMs: 1 });
		expect(differing(alone, bitsOfAll())).toEqual([]);
	});
});

describe('a pool of threads', () => {
	const large = () => linear(matrix(197, 192), { weight: matrix(192, 576, 2), bias: vector(576, 3) });

	it('works on memory that is shared, and that has grown since it was started', async () => {
		await withThreads(3);
		const memory = Heap.of(tf.backend())?.memory;
		if (!memory) throw new Error('There is no memory.');
		expect(isShared(memory)).toBe(true);
		const before = memory.buffer.byteLength;
		const filling = tf.zeros([before / 4]);
		expect(memory.buffer.byteLength).toBeGreaterThan(before);
		const grown = bitsOf(large);
		filling.dispose();
		await registerWasmKernels();
		expect(grown).toEqual(bitsOf(large));
	});

	it('leaves no tensors and no memory behind', async () => {
		await withThreads(2);
		const held = () => [
			tf.memory().numTensors,
			tf.backend().numDataIds(),
			Heap.of(tf.backend())?.memory.buffer.byteLength
		];
		const run = () => tf.dispose([tf.tidy(large), ...Object.values(OPS).map((op) => tf.tidy(op))]);
		run();
		const before = held();
		for (let i = 0; i < 5; i++) run();
		expect(held()).toEqual(before);
	});

	it('goes on without a thread that has ended between two jobs', async () => {
		const started: { end(): void }[] = [];
		await withThreads(3, FINE, async (start) => {
			const thread = await startNodeThread(start);
			started.push(thread);
			return thread;
		});
		const before = bitsOf(large);
		for (const thread of started) thread.end();
		expect(bitsOf(large)).toEqual(before);
	});

	/** A pool of two whose other thread does something else than it should. */
	const withBroken = (start: StartThread, settings: Partial<PoolSettings> = {}) =>
		withThreads(2, { ...FINE, ...settings }, start);

	it('says so when a thread stops in the middle of a job, and makes nothing more', async () => {
		// It is counted in, and never out.
		const stopped: StartThread = async ({ control }) => {
			Atomics.add(controlOf(control).states, ACTIVE, 1);
			return { end: () => undefined };
		};
		const { lost } = await withBroken(stopped, { waits: 3, waitMs: 1 });
		expect(() => bitsOf(large)).toThrow('one of its threads stopped');
		expect(await lost).toBe('one of its threads stopped');
		expect(() => bitsOf(large)).toThrow('one of its threads stopped');
	});

	it('says so when a thread fails', async () => {
		// In a memory of its own all that it is asked for lies outside.
		const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
		const { lost } = await withBroken((start) => startNodeThread({ ...start, memory }));
		const untilItFails = () => {
			for (let i = 0; i < 2000; i++) bitsOf(large);
		};
		expect(untilItFails).toThrow('one of its threads failed');
		expect(await lost).toBe('one of its threads failed');
	});

	it('is not there when a thread does not start, and the others are ended', async () => {
		let ended = 0;
		const some: StartThread = async ({ thread }) => {
			if (thread === 2) throw new Error('no thread for you');
			return { end: () => void ended++ };
		};
		await expect(withThreads(4, FINE, some)).rejects.toThrow('no thread for you');
		expect(ended).toBe(2);
	});

	it('sleeps while there is nothing to do', async () => {
		const controls: SharedArrayBuffer[] = [];
		await withThreads(3, FINE, (start) => {
			controls.push(start.control);
			return startNodeThread(start);
		});
		const [control] = controls;
		if (!control) throw new Error('No thread was started.');
		const sleep = () =>
			vi.waitFor(() => expect(Atomics.load(controlOf(control).states, SLEEPING)).toBe(2), { timeout: 20_000 });
		await sleep();
		bitsOf(large);
		await sleep();
	});

	it('keeps what is small to the thread that asks', async () => {
		let control: SharedArrayBuffer | undefined;
		await withBroken(
			async (start) => {
				({ control } = start);
				return { end: () => undefined };
			},
			{ leastWork: 60_000 }
		);
		if (!control) throw new Error('No thread was started.');
		const { states } = controlOf(control);
		bitsOf(() => softmax(matrix(5, 7)));
		expect(Atomics.load(states, GENERATION)).toBe(0);
		bitsOf(large);
		expect(Atomics.load(states, GENERATION)).toBe(1);
	});
});
