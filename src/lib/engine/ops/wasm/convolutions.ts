import type { TensorInfo } from '@tensorflow/tfjs-core';
import { attr, BYTES, input, type Attrs, type Inputs } from './arguments';
import type { Heap } from './heap';
import type { Runner } from './runner';
import { panels, runStripes, WORK } from './units';

/* Convolutions, in terms of the module's kernels: see `../convolution.ts`. */

export function makeConvolutions(runner: Runner, heap: Heap) {
	return {
		convolve: (inputs: Inputs, attrs: Attrs) => convolve(runner, heap, inputs, attrs),
		depthwise: (inputs: Inputs, attrs: Attrs) => depthwise(runner, heap, inputs, attrs)
	};
}

/** How far apart what the kernel sees is, and how many zeros lie above and to the left of a map. */
export function cornerOf(attrs: Attrs): number[] {
	return [attr(attrs, 'stride'), attr(attrs, 'top'), attr(attrs, 'left')];
}

/** Float32s, or up to twice as many, that are unfolded before they are multiplied: what stays in a core's own cache. */
const UNFOLDED = 1 << 17;
/** Rows that a panel of the weight, once it is laid out, is worth at least. */
const LEAST_ROWS = 48;

/** (b, height, width, inputs), (kernel, kernel, inputs, outputs) and (outputs) to (b, rows, columns, outputs). */
function convolve(runner: Runner, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	const [x, weight] = [input(inputs, 'x'), input(inputs, 'weight')];
	const [pictures = 1, height = 1, width = 1, channels = 1] = x.shape;
	const outputs = weight.shape[3] ?? 1;
	const [kernel, rows, columns] = [attr(attrs, 'kernel'), attr(attrs, 'rows'), attr(attrs, 'columns')];
	const y = heap.output([pictures, rows, columns, outputs]);
	const [places, seen] = [pictures * rows * columns, kernel * kernel * channels];
	const product = { outputs, seen, weight: heap.address(weight), bias: heap.address(input(inputs, 'bias')) };
	const to = heap.address(y);
	if (kernel === 1 && attr(attrs, 'stride') === 1) {
		multiply(runner, heap, { ...product, a: heap.address(x), c: to, rows: places });
	} else {
		const sizes = [height, width, channels, kernel, ...cornerOf(attrs), rows, columns];
		const together = rowsTogether(places, seen);
		heap.withScratch(together * seen, 1, ({ address: a }) => {
			for (let first = 0; first < places; first += together) {
				const count = Math.min(together, places - first);
				const args = [heap.address(x), a, ...sizes, first];
				runner.run({ kernel: 'unfold', args, units: count, work: count * seen * WORK.copy });
				multiply(runner, heap, { ...product, a, c: to + first * outputs * BYTES, rows: count });
			}
		});
	}
	if (attr(attrs, 'floor') === 0) runStripes(runner, 'bend', [to, attr(attrs, 'ceiling')], y, WORK.copy);
	return y;
}

/** How many rows are unfolded at once, so that no few are left at the end. */
function rowsTogether(rows: number, seen: number): number {
	const most = Math.max(LEAST_ROWS, Math.floor(UNFOLDED / seen));
	return Math.ceil(rows / Math.max(1, Math.floor(rows / most)));
}

/** Rows of what was seen times the weight. */
function multiply(
	runner: Runner,
	heap: Heap,
	of: Readonly<Record<'rows' | 'outputs' | 'seen' | 'a' | 'weight' | 'bias' | 'c', number>>
): void {
	const { rows, outputs, seen, a, weight, bias, c } = of;
	const args = [rows, outputs, seen, a, seen, weight, outputs, 1, 1, bias, c, outputs];
	heap.withScratch(runner.gemmScratch(seen), runner.threads, (scratch) =>
		runner.run({ kernel: 'gemm', args, units: panels(outputs), work: rows * outputs * seen, scratch })
	);
}

/** (b, height, width, channels), (kernel, kernel, channels, 1) and (channels) to (b, rows, columns, channels). */
function depthwise(runner: Runner, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	const x = input(inputs, 'x');
	const [pictures = 1, height = 1, width = 1, channels = 1] = x.shape;
	const [kernel, rows, columns] = [attr(attrs, 'kernel'), attr(attrs, 'rows'), attr(attrs, 'columns')];
	const y = heap.output([pictures, rows, columns, channels]);
	const addresses = [heap.address(x), heap.address(input(inputs, 'weight')), heap.address(input(inputs, 'bias'))];
	const sizes = [height, width, channels, kernel, ...cornerOf(attrs), rows, columns];
	const args = [...addresses, heap.address(y), ...sizes, attr(attrs, 'floor'), attr(attrs, 'ceiling')];
	const work = pictures * rows * columns * channels * kernel * kernel * WORK.copy;
	runner.run({ kernel: 'depthwise', args, units: pictures * rows, work });
	return y;
}
