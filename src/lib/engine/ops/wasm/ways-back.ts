import type { TensorInfo } from '@tensorflow/tfjs-core';
import { asRows, attr, BYTES, input, type Attrs, type Inputs } from './arguments';
import type { Heap } from './heap';
import type { Runner } from './runner';
import { cornerOf } from './convolutions';
import { bands, runRows, runStripes, stripes, WORK } from './units';

/*
 * The ways back that training takes, in terms of the module's kernels. What each computes is said where it is offered
 * (`../linear.ts`, `../convolution-back.ts`, ...).
 */

export function makeWaysBack(runner: Runner, heap: Heap) {
	return {
		bentBack: (inputs: Inputs, attrs: Attrs) => bentBack(runner, heap, inputs, attrs),
		layerNormBack: (inputs: Inputs, attrs: Attrs) => layerNormBack(runner, heap, inputs, attrs),
		layerNormParametersBack: (inputs: Inputs, attrs: Attrs) => layerNormParametersBack(runner, heap, inputs, attrs),
		linearParametersBack: (inputs: Inputs) => linearParametersBack(runner, heap, inputs),
		windowAttentionBack: (inputs: Inputs) => windowAttentionBack(runner, heap, inputs),
		convolveBack: (inputs: Inputs, attrs: Attrs) => convolveBack(runner, heap, inputs, attrs),
		convolveParametersBack: (inputs: Inputs, attrs: Attrs) => convolveParametersBack(runner, heap, inputs, attrs)
	};
}

function bentBack(runner: Runner, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	const [gradient, made] = [input(inputs, 'gradient'), input(inputs, 'made')];
	const y = heap.output(made.shape);
	const args = [heap.address(gradient), heap.address(made), attr(attrs, 'ceiling'), heap.address(y)];
	runStripes(runner, 'bentBack', args, made, WORK.copy);
	return y;
}

function layerNormBack(runner: Runner, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	const [gradient, x, scale] = [input(inputs, 'gradient'), input(inputs, 'x'), input(inputs, 'scale')];
	const y = heap.output(x.shape);
	const [g, from, factor] = [heap.address(gradient), heap.address(x), heap.address(scale)];
	runRows(runner, 'layerNormBack', [g, from, factor, attr(attrs, 'eps'), heap.address(y)], x, WORK.layerNormBack);
	return y;
}

/** To (features) and (features). */
function layerNormParametersBack(runner: Runner, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo[] {
	const [gradient, x] = [input(inputs, 'gradient'), input(inputs, 'x')];
	const { rows, length } = asRows(x);
	const [scale, offset] = [heap.output([length]), heap.output([length])];
	const [g, from] = [heap.address(gradient), heap.address(x)];
	const work = rows * length * WORK.sums;
	heap.withScratch(2 * rows, 1, ({ address: moments }) => {
		runRows(runner, 'rowMoments', [from, attr(attrs, 'eps'), moments], x, WORK.sums);
		const args = [g, from, moments, heap.address(scale), heap.address(offset), rows, length];
		runner.run({ kernel: 'layerNormParametersBack', args, units: stripes(length), work });
	});
	return [scale, offset];
}

/** (n, outputs) and (n, inputs) to (inputs, outputs) and (outputs). */
function linearParametersBack(runner: Runner, heap: Heap, inputs: Inputs): TensorInfo[] {
	const [gradient, x] = [input(inputs, 'gradient'), input(inputs, 'x')];
	const { rows, length: outputs } = asRows(gradient);
	const { length } = asRows(x);
	const [weight, bias] = [heap.output([length, outputs]), heap.output([outputs])];
	const product = { a: heap.address(x), b: heap.address(gradient), c: heap.address(weight) };
	runTransposed(runner, { rows: length, columns: outputs, depth: rows, ...product, adds: false });
	runColumnSums(runner, product.b, heap.address(bias), rows, outputs);
	return [weight, bias];
}

/** `c = a^T @ b`, all of them in one piece. @param adds to what is in c */
function runTransposed(
	runner: Runner,
	{
		rows,
		columns,
		depth,
		a,
		b,
		c,
		adds
	}: Readonly<Record<'rows' | 'columns' | 'depth' | 'a' | 'b' | 'c', number>> & {
		readonly adds: boolean;
	}
): void {
	const args = [rows, columns, depth, a, rows, b, columns, 1, c, columns, Number(adds)];
	runner.run({ kernel: 'gemmTransposed', args, units: bands(rows), work: rows * columns * depth });
}

function runColumnSums(runner: Runner, x: number, y: number, rows: number, length: number): void {
	const work = rows * length * WORK.sums;
	runner.run({ kernel: 'columnSums', args: [x, y, rows, length], units: stripes(length), work });
}

/** (windows area, heads size), (windows, heads, area, area) and (windows area, 3 heads size) to the last one's shape. */
function windowAttentionBack(runner: Runner, heap: Heap, inputs: Inputs): TensorInfo {
	const [gradient, shares, qkv] = [input(inputs, 'gradient'), input(inputs, 'shares'), input(inputs, 'qkv')];
	const [windows = 1, heads = 1, n = 1] = shares.shape;
	const size = asRows(qkv).length / 3 / heads;
	const y = heap.output(qkv.shape);
	const args = [heap.address(gradient), heap.address(shares), heap.address(qkv), heap.address(y), n, heads, size];
	const units = windows * heads;
	const room = n * n + runner.gemmScratch(Math.max(n, size));
	heap.withScratch(room, runner.threads, (scratch) =>
		runner.run({ kernel: 'attentionBack', args, units, work: 4 * units * n * n * size, scratch })
	);
	return y;
}

/** (b, rows, columns, outputs) and (kernel, kernel, inputs, outputs) to (b, height, width, inputs). */
function convolveBack(runner: Runner, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	const [gradient, weight] = [input(inputs, 'gradient'), input(inputs, 'weight')];
	const [pictures = 1, rows = 1, columns = 1, outputs = 1] = gradient.shape;
	const [kernel = 1, , channels = 1] = weight.shape;
	const [height, width] = [attr(attrs, 'rows'), attr(attrs, 'columns')];
	const y = heap.output([pictures, height, width, channels]);
	const addresses = [heap.address(gradient), heap.address(weight), heap.address(y)];
	const args = [...addresses, outputs, height, width, channels, kernel, ...cornerOf(attrs), rows, columns];
	const seen = rows * columns * kernel * kernel * channels;
	heap.withScratch(seen + runner.gemmScratch(outputs), runner.threads, (scratch) =>
		runner.run({ kernel: 'convolveBack', args, units: pictures, work: pictures * seen * outputs, scratch })
	);
	return y;
}

/** Float32s that several pictures unfold into at most: they are read again at once, so they had better stay in a cache. */
const UNFOLDED = 1 << 18;

/** (b, rows, columns, outputs) and (b, height, width, inputs) to (kernel, kernel, inputs, outputs) and (outputs). */
function convolveParametersBack(runner: Runner, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo[] {
	const [gradient, x] = [input(inputs, 'gradient'), input(inputs, 'x')];
	const [pictures = 1, rows = 1, columns = 1, outputs = 1] = gradient.shape;
	const [, height = 1, width = 1, channels = 1] = x.shape;
	const kernel = attr(attrs, 'kernel');
	const [weight, bias] = [heap.output([kernel, kernel, channels, outputs]), heap.output([outputs])];
	const [places, seen] = [rows * columns, kernel * kernel * channels];
	const together = Math.min(pictures, Math.max(1, Math.floor(UNFOLDED / (places * seen))));
	const sizes = [height, width, channels, kernel, ...cornerOf(attrs), rows, columns];
	heap.withScratch(together * places * seen, 1, ({ address: a }) => {
		for (let i = 0; i < pictures; i += together) {
			const depth = Math.min(together, pictures - i) * places;
			const from = heap.address(x) + i * height * width * channels * BYTES;
			runner.run({ kernel: 'unfold', args: [from, a, ...sizes, 0], units: depth, work: depth * seen * WORK.copy });
			const b = heap.address(gradient) + i * places * outputs * BYTES;
			runTransposed(runner, { rows: seen, columns: outputs, depth, a, b, c: heap.address(weight), adds: i > 0 });
		}
	});
	runColumnSums(runner, heap.address(gradient), heap.address(bias), pictures * places, outputs);
	return [weight, bias];
}
