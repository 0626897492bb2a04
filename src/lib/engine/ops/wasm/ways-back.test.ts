import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../../backends/node';
import { convolve, type Padding } from '../convolution';
import { bentBack, convolveBack, convolveParametersBack } from '../convolution-back';
import { layerNormBack, layerNormParametersBack } from '../layer-norm';
import { linearParametersBack } from '../linear';
import { softmax } from '../softmax';
import { windowAttentionBack, windowScores } from '../window-attention';
import { unregisterWasmKernels } from './register';
import { bothWays, buildsUnderTest, difference, numbers } from './testing';

beforeAll(() => useNodeBackend('wasm'));
afterAll(() => unregisterWasmKernels());

/** Several tensors as one. */
const together = (...tensors: tf.Tensor[]) =>
	tf.concat(tensors.map((tensor) => tf.reshape(tensor, [-1]) as tf.Tensor1D));

const CONVOLUTIONS = (
	[
		[5, 7],
		[6, 4],
		[1, 3]
	] as const
).flatMap((sides) =>
	(['symmetric', 'one-sided'] as Padding[]).flatMap((padding) =>
		[1, 3, 7].flatMap((kernel) => [1, 2].map((stride) => ({ sides, padding, kernel, stride, depthwise: false })))
	)
);

describe.each(buildsUnderTest())('the $build kernels go back as the plain ops do', ({ build, runs }) => {
	it.runIf(runs).each([
		[1, 1, 1],
		[70, 7, 3],
		[64, 6, 8],
		[131, 13, 31],
		[200, 48, 20]
	])('to the parameters of a layer of %i rows, %i inputs and %i outputs', async (n, inputs, outputs) => {
		const [x, gradient] = [numbers<tf.Rank.R2>([n, inputs]), numbers<tf.Rank.R2>([n, outputs], 1, 2)];
		const [own, plain] = await bothWays(build, () => {
			const { weight, bias } = linearParametersBack(gradient, x);
			expect([weight.shape, bias.shape]).toEqual([[inputs, outputs], [outputs]]);
			return together(weight, bias);
		});
		expect(difference(own, plain)).toBeLessThan(3e-6);
	});

	it.runIf(runs).each([1, 3, 8, 198])('through a layer norm of %i features, and to its parameters', async (length) => {
		const [x, gradient] = [numbers<tf.Rank.R2>([9, length]), numbers<tf.Rank.R2>([9, length], 1, 2)];
		const norm = { scale: numbers<tf.Rank.R1>([length], 1, 3), offset: numbers<tf.Rank.R1>([length], 1, 4) };
		const [own, plain] = await bothWays(build, () => {
			const { scale, offset } = layerNormParametersBack(gradient, x, 1e-3);
			return together(scale, offset, layerNormBack(gradient, x, norm, 1e-3));
		});
		expect(difference(own, plain)).toBeLessThan(1e-5);
	});

	it.runIf(runs).each([
		[1, 1, 1, 1],
		[3, 4, 2, 5],
		[2, 65, 4, 12],
		[2, 9, 4, 7]
	])('through attention in %i pictures of %i tokens with %i heads of %i', async (pictures, n, heads, size) => {
		const qkv = numbers<tf.Rank.R2>([pictures * n, 3 * heads * size], 2);
		const gradient = numbers<tf.Rank.R2>([pictures * n, heads * size], 1, 2);
		const [own, plain] = await bothWays(build, () =>
			windowAttentionBack(gradient, softmax(windowScores(qkv, pictures, heads)), qkv)
		);
		expect(own.shape).toEqual(qkv.shape);
		expect(difference(own, plain)).toBeLessThan(5e-6);
	});

	it.runIf(runs)('through convolutions of pictures, and to their parameters', async () => {
		for (const { sides, ...settings } of CONVOLUTIONS) {
			const { kernel, stride } = settings;
			const [rows, columns] = sides;
			const x = numbers<tf.Rank.R4>([2, rows, columns, 5]);
			const gradient = numbers<tf.Rank.R4>([2, Math.ceil(rows / stride), Math.ceil(columns / stride), 9], 1, 2);
			const weight = numbers<tf.Rank.R4>([kernel, kernel, 5, 9], 1, 3);
			const [own, plain] = await bothWays(build, () => {
				const parameters = convolveParametersBack(gradient, x, settings);
				expect(parameters.weight.shape).toEqual(weight.shape);
				const back = convolveBack(gradient, { weight }, settings, { rows, columns });
				expect(back.shape).toEqual(x.shape);
				return together(parameters.weight, parameters.bias, back);
			});
			expect(difference(own, plain), JSON.stringify({ sides, ...settings })).toBeLessThan(3e-6);
		}
	});

	it.runIf(runs)('and there, through convolutions of pictures', async () => {
		for (const { sides, ...settings } of CONVOLUTIONS) {
			for (const depthwise of [false, true]) {
				for (const bend of [null, 'relu', 'relu6'] as const) {
					const x = numbers<tf.Rank.R4>([2, ...sides, 6], 9);
					const weight = numbers<tf.Rank.R4>([settings.kernel, settings.kernel, 6, depthwise ? 1 : 9], 1, 3);
					const parameters = { weight, bias: numbers<tf.Rank.R1>([depthwise ? 6 : 9], 9, 4) };
					const [own, plain] = await bothWays(build, () => convolve(x, parameters, { ...settings, depthwise, bend }));
					const name = JSON.stringify({ sides, ...settings, depthwise, bend });
					expect(difference(own, plain), name).toBeLessThan(3e-6);
				}
			}
		}
	});

	it.runIf(runs)('and there, of a map that is too large to be laid out at once', async () => {
		const x = numbers<tf.Rank.R4>([1, 31, 29, 40]);
		const parameters = { weight: numbers<tf.Rank.R4>([7, 7, 40, 9], 1, 3), bias: numbers<tf.Rank.R1>([9], 1, 4) };
		const settings = { kernel: 7, stride: 1, depthwise: false, bend: null, padding: 'symmetric' } as const;
		const [own, plain] = await bothWays(build, () => convolve(x, parameters, settings));
		expect(difference(own, plain)).toBeLessThan(3e-6);
	});

	it.runIf(runs).each(['relu', 'relu6'] as const)('through a %s', async (bend) => {
		const [made, gradient] = [numbers<tf.Rank.R2>([3, 7], 9), numbers<tf.Rank.R2>([3, 7], 1, 2)];
		const [own, plain] = await bothWays(build, () => bentBack(gradient, made, bend));
		expect(difference(own, plain)).toBe(0);
	});
});
