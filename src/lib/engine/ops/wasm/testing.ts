import { setFlagsFromString } from 'node:v8';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { supportedBuilds, type KernelBuild } from './module';
import { registerWasmKernels, unregisterWasmKernels } from './register';

/** Every build, and whether it can be tested here: Node 20 has relaxed SIMD behind a flag, later versions without. */
export function buildsUnderTest(): { build: KernelBuild; runs: boolean }[] {
	if (!supportedBuilds().includes('relaxedSimd')) setFlagsFromString('--experimental-wasm-relaxed-simd');
	const supported = supportedBuilds();
	return (['relaxedSimd', 'simd'] as const).map((build) => ({ build, runs: supported.includes(build) }));
}

/** Numbers in [-range, range), the same in every run (a linear congruential generator). */
export function numbers<R extends tf.Rank>(shape: tf.ShapeMap[R], range = 1, seed = 1): tf.Tensor<R> {
	let state = seed;
	const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return (state / 2 ** 31 - 1) * range;
	});
	return tf.tensor(values, shape);
}

/** The largest difference between two results, relative to the largest expected magnitude. */
export function difference(actual: tf.Tensor, expected: tf.Tensor): number {
	expect(actual.shape).toEqual(expected.shape);
	const [a, b] = [Array.from(actual.dataSync()), Array.from(expected.dataSync())];
	const top = b.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
	return a.reduce((worst, v, i) => Math.max(worst, Number.isNaN(v) ? Infinity : Math.abs(v - (b[i] ?? NaN))), 0) / top;
}

/** What an op gives with our kernels and, from plain tfjs ops, without. */
export async function bothWays<T extends tf.Tensor>(build: KernelBuild, op: () => T): Promise<[own: T, plain: T]> {
	unregisterWasmKernels();
	const plain = tf.tidy(op);
	await registerWasmKernels(build);
	return [tf.tidy(op), plain];
}
