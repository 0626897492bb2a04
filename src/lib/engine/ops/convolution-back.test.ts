import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../backends/node';
import { random } from '../testing/checkpoint';
import { convolve, meanOfSquares, type Padding } from './convolution';
import { bentBack, convolveBack, convolveParametersBack, meanOfSquaresBack } from './convolution-back';

type Sides = [rows: number, columns: number];

const next = random(23);
const made = (...shape: [number, number, number, number]) =>
	tf.tensor4d(
		Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => next()),
		shape
	);

/** Sum of the products, number by number. */
const inner = async (a: tf.Tensor, b: tf.Tensor) => {
	const [one, other] = [await a.data<'float32'>(), await b.data<'float32'>()];
	return one.reduce((sum, value, i) => sum + value * (other[i] ?? NaN), 0);
};

/** The way back of a linear map is its adjoint: `<g, f(x)> = <back(g), x>`. */
async function expectAdjoint(
	x: tf.Tensor4D,
	there: (x: tf.Tensor4D) => tf.Tensor4D,
	back: (gradient: tf.Tensor4D) => tf.Tensor4D
): Promise<void> {
	const y = there(x);
	const gradient = made(...y.shape);
	const backwards = back(gradient);
	expect(backwards.shape).toEqual(x.shape);
	const [forth, returned] = [await inner(gradient, y), await inner(backwards, x)];
	expect(Math.abs(forth - returned)).toBeLessThan(1e-4 * Math.max(1, Math.abs(forth)));
}

const SIDES: readonly Sides[] = [
	[5, 7],
	[6, 4],
	[1, 3]
];
const PADDINGS: readonly Padding[] = ['symmetric', 'one-sided'];
const LAYERS = SIDES.flatMap((sides) =>
	PADDINGS.flatMap((padding) =>
		[1, 3, 7].flatMap((kernel) =>
			[1, 2].flatMap((stride) => [true, false].map((depthwise) => ({ sides, padding, kernel, stride, depthwise })))
		)
	)
);

describe.each(['cpu', 'wasm'] as const)('the way back on %s', (backend) => {
	beforeAll(() => useNodeBackend(backend));

	it('through a convolution is its adjoint, whatever its kernel, stride and zeros', async () => {
		for (const { sides, ...settings } of LAYERS) {
			const { kernel, depthwise } = settings;
			const [inputs, outputs] = [4, depthwise ? 4 : 3];
			const weight = made(kernel, kernel, inputs, depthwise ? 1 : outputs);
			const layer = { weight, bias: tf.tensor1d(new Float32Array(outputs)) };
			const [rows, columns] = sides;
			await expectAdjoint(
				made(1, rows, columns, inputs),
				(x) => convolve(x, layer, { ...settings, bend: null }),
				(gradient) => convolveBack(gradient, layer, settings, { rows, columns })
			);
		}
	});

	it('to a convolution’s parameters is its adjoint, too, over several pictures', async () => {
		for (const { sides, ...settings } of LAYERS) {
			const { kernel, depthwise } = settings;
			const [inputs, outputs] = [4, depthwise ? 4 : 3];
			const x = made(2, ...sides, inputs);
			const bias = tf.tensor1d(new Float32Array(outputs));
			await expectAdjoint(
				made(kernel, kernel, inputs, depthwise ? 1 : outputs),
				(weight) => convolve(x, { weight, bias }, { ...settings, bend: null }),
				(gradient) => convolveParametersBack(gradient, x, settings).weight
			);
		}
	});

	it.each(SIDES)('through a mean of squares is its adjoint on %i x %i places', async (rows, columns) => {
		await expectAdjoint(
			made(1, rows, columns, 3),
			(x) => meanOfSquares(x, 2),
			(gradient) => meanOfSquaresBack(gradient, 2, { rows, columns })
		);
	});

	it('hands nothing on where a ReLU has bent', async () => {
		const [ones, x] = [tf.ones([4]), tf.tensor1d([-1, 3, 6, 0])];
		expect(Array.from(await bentBack(ones, x, 'relu').data())).toEqual([0, 1, 1, 0]);
		expect(Array.from(await bentBack(ones, x, 'relu6').data())).toEqual([0, 1, 0, 0]);
		expect(Array.from(await bentBack(ones, x, null).data())).toEqual([1, 1, 1, 1]);
	});
});
