import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../../backends/node';
import { attentionContext, attentionScores } from '../attention';
import { runOwnKernel } from '../dispatch';
import { gelu, geluBack } from '../gelu';
import { layerNorm } from '../layer-norm';
import { linear, linearBack } from '../linear';
import { softmax, softmaxBack } from '../softmax';
import { windowContext, windowScores } from '../window-attention';
import { Heap } from './heap';
import { registerWasmKernels, unregisterWasmKernels } from './register';
import { bothWays, buildsUnderTest, difference, numbers } from './testing';

/** The Gaussian error linear unit in double precision, erf from its Maclaurin series. */
function exactGelu(x: number): number {
	const z = x * Math.SQRT1_2;
	let term = z;
	let sum = z;
	for (let i = 1; i < 150; i++) {
		term *= -(z * z) / i;
		sum += term / (2 * i + 1);
	}
	return (x / 2) * (1 + (2 / Math.sqrt(Math.PI)) * sum);
}

beforeAll(() => useNodeBackend('wasm'));
afterAll(() => unregisterWasmKernels());
beforeEach(() => tf.disposeVariables());

describe.each(buildsUnderTest())('the $build kernels', ({ build, runs }) => {
	it.runIf(runs)('are the ones that run', async () => {
		const x = numbers<tf.Rank.R2>([2, 3]);
		unregisterWasmKernels();
		expect(runOwnKernel('gelu', { x }, {})).toBeNull();
		expect(await registerWasmKernels(build)).toBe(build);
		expect(runOwnKernel('gelu', { x }, {})).not.toBeNull();
	});

	it.runIf(runs).each([
		[1, 1, 1],
		[1, 192, 1000],
		[5, 7, 3],
		[6, 8, 8],
		[7, 16, 9],
		[13, 5, 31],
		[197, 48, 20]
	])('multiply (%i, %i) by (%i outputs)', async (n, inputs, outputs) => {
		const x = numbers<tf.Rank.R2>([n, inputs]);
		const weight = numbers<tf.Rank.R2>([inputs, outputs], 1, 2);
		const bias = numbers<tf.Rank.R1>([outputs], 1, 3);
		const [own, plain] = await bothWays(build, () => linear(x, { weight, bias }));
		expect(difference(own, plain)).toBeLessThan(2e-6);
	});

	it.runIf(runs)('multiply without a bias', async () => {
		await registerWasmKernels(build);
		const x = numbers<tf.Rank.R2>([7, 10]);
		const weight = numbers<tf.Rank.R2>([10, 11], 1, 2);
		const own = runOwnKernel('linearWithoutBias', { x, weight }, {});
		expect(own && difference(own, tf.matMul(x, weight))).toBeLessThan(2e-6);
		const { kernelNames } = await tf.profile(() => linear(x, { weight, bias: null }));
		expect(kernelNames).toEqual(['PatchworkLinearWithoutBias']);
		const [layer, plain] = await bothWays(build, () => linear(x, { weight, bias: null }));
		expect(difference(layer, plain)).toBeLessThan(2e-6);
	});

	it.runIf(runs).each([
		[2, 1, 1],
		[5, 3, 6],
		[17, 2, 7],
		[50, 3, 64],
		[9, 4, 12]
	])('attend among %i tokens with %i heads of %i', async (n, heads, size) => {
		const qkv = numbers<tf.Rank.R2>([n, 3 * heads * size], 2);
		const [scores, plainScores] = await bothWays(build, () => attentionScores(qkv, heads));
		expect(difference(scores, plainScores)).toBeLessThan(2e-6);
		const weights = tf.softmax(plainScores) as tf.Tensor3D;
		const [context, plainContext] = await bothWays(build, () => attentionContext(weights, qkv));
		expect(difference(context, plainContext)).toBeLessThan(2e-6);
	});

	it.runIf(runs).each([
		[1, 1, 1, 1],
		[3, 4, 2, 5],
		[4, 49, 3, 32],
		[2, 9, 4, 7]
	])('attend inside %i windows of %i tokens with %i heads of %i', async (windows, area, heads, size) => {
		const qkv = numbers<tf.Rank.R2>([windows * area, 3 * heads * size], 2);
		const [scores, plainScores] = await bothWays(build, () => windowScores(qkv, windows, heads));
		expect(difference(scores, plainScores)).toBeLessThan(2e-6);
		const weights = tf.softmax(plainScores) as tf.Tensor4D;
		const [context, plainContext] = await bothWays(build, () => windowContext(weights, qkv));
		expect(difference(context, plainContext)).toBeLessThan(2e-6);
	});

	it.runIf(runs).each([1, 3, 4, 197])('turn rows of %i into shares', async (length) => {
		const x = numbers<tf.Rank.R3>([2, 5, length], 30);
		const [own, plain] = await bothWays(build, () => softmax(x));
		expect(difference(own, plain)).toBeLessThan(2e-6);
		const sums = tf.sum(own, -1);
		expect(difference(sums, tf.onesLike(sums))).toBeLessThan(1e-6);
	});

	it.runIf(runs)('give a masked score no share, and hide no NaN', async () => {
		await registerWasmKernels(build);
		const masked = softmax(tf.tensor2d([[1, -Infinity, 1, -1e9, -Infinity]]));
		expect([...masked.dataSync()]).toEqual([0.5, 0, 0.5, 0, 0]);
		expect([...softmax(tf.tensor2d([[1, 2, NaN, 3, 4]])).dataSync()]).toEqual([NaN, NaN, NaN, NaN, NaN]);
	});

	it.runIf(runs).each([1, 3, 8, 198])('normalise rows of %i features', async (length) => {
		// A common offset far from 0 shows whether the variance is taken from what is left after the mean.
		const x = tf.add<tf.Tensor2D>(numbers<tf.Rank.R2>([6, length]), 50);
		const parameters = { scale: numbers<tf.Rank.R1>([length], 1, 2), offset: numbers<tf.Rank.R1>([length], 1, 3) };
		const [own, plain] = await bothWays(build, () => layerNorm(x, parameters, 1e-6));
		expect(difference(own, plain)).toBeLessThan(5e-5);
	});

	it.runIf(runs)('keep GELU within 1e-6 of its exact value', async () => {
		await registerWasmKernels(build);
		const x = Float32Array.from({ length: 1203 }, (_, i) => (i - 601) / 120);
		const y = gelu(tf.tensor2d(x, [3, 401])).dataSync();
		const worst = x.reduce((most, v, i) => Math.max(most, Math.abs((y[i] ?? NaN) - exactGelu(v))), 0);
		expect(worst).toBeLessThan(1e-6);
		expect([...gelu(tf.tensor2d([[-40, 40, 0]])).dataSync()]).toEqual([0, 40, 0]);
	});

	it.runIf(runs).each([
		[1, 1, 1],
		[5, 7, 3],
		[13, 31, 5],
		[197, 20, 48]
	])('go back from (%i, %i outputs) to %i inputs', async (n, outputs, inputs) => {
		const gradient = numbers<tf.Rank.R2>([n, outputs]);
		const weight = numbers<tf.Rank.R2>([inputs, outputs], 1, 2);
		const [own, plain] = await bothWays(build, () => linearBack(gradient, { weight, bias: null }));
		expect(difference(own, plain)).toBeLessThan(2e-6);
	});

	it.runIf(runs).each([1, 3, 4, 197])('go back through shares of rows of %i', async (length) => {
		const shares = tf.softmax(numbers<tf.Rank.R3>([2, 5, length], 3)) as tf.Tensor3D;
		const gradient = numbers<tf.Rank.R3>([2, 5, length], 1, 2);
		const [own, plain] = await bothWays(build, () => softmaxBack(gradient, shares));
		// One share alone is 1 whatever its score; what is left is rounding.
		if (length > 1) expect(difference(own, plain)).toBeLessThan(5e-6);
		else expect(Math.max(...own.dataSync().map(Math.abs))).toBeLessThan(1e-6);
	});

	it.runIf(runs)('go back through GELU, far from 0 too', async () => {
		const x = tf.tensor2d(
			Float32Array.from({ length: 1203 }, (_, i) => (i - 601) / 60),
			[3, 401]
		);
		const gradient = numbers<tf.Rank.R2>([3, 401], 1, 2);
		const [own, plain] = await bothWays(build, () => geluBack(gradient, x));
		expect(difference(own, plain)).toBeLessThan(2e-6);
		const far = tf.tidy(() => geluBack(tf.ones([1, 2]), tf.tensor2d([[-40, 40]])));
		expect([...far.dataSync()]).toEqual([0, 1]);
	});

	it.runIf(runs)('leave no tensors and no memory behind', async () => {
		await registerWasmKernels(build);
		const qkv = numbers<tf.Rank.R2>([70, 90]);
		const run = () =>
			tf.tidy(() => {
				const context = attentionContext(softmax(attentionScores(qkv, 3)), qkv);
				const weight = tf.ones<tf.Rank.R2>([30, 30]);
				const bias = tf.zeros<tf.Rank.R1>([30]);
				gelu(linear(layerNorm(context, { scale: bias, offset: bias }, 1e-6), { weight, bias }));
			});
		const held = () => {
			const backend = tf.backend();
			return [tf.memory().numTensors, backend.numDataIds(), Heap.of(backend)?.memory.buffer.byteLength];
		};
		run();
		const before = held();
		for (let i = 0; i < 50; i++) run();
		expect(held()).toEqual(before);
	});
});

describe('registering', () => {
	it("is undone for tfjs's own threaded backend, whose memory we cannot reach", () => {
		const shared = { wasm: { asm: {} } } as unknown as tf.KernelBackend;
		expect(Heap.of(shared)).toBeNull();
	});

	it('works again on a backend that was started anew', async () => {
		const factory = tf.findBackendFactory('wasm');
		tf.removeBackend('wasm');
		tf.registerBackend('wasm', factory);
		await useNodeBackend('wasm');
		expect(await registerWasmKernels('simd')).toBe('simd');
		const x = tf.tensor2d([[3, 3, 3]]);
		expect([...softmax(x).dataSync()].map((v) => v.toFixed(4))).toEqual(['0.3333', '0.3333', '0.3333']);
	});
});
