import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelName } from '../dispatch';
import { asRows, attr, BYTES, input, type Attrs, type Inputs } from './arguments';
import { makeHalves } from './halves';
import type { Heap } from './heap';
import type { KernelExports } from './module';
import { makeWaysBack } from './ways-back';

/*
 * Our ops in terms of the module's functions: sizes, strides, addresses. What each op computes is said where it is
 * offered (`../linear.ts`, `../attention.ts`, ...).
 */

type Kernel = (inputs: Inputs, attrs: Attrs) => TensorInfo | TensorInfo[];

/** Every kernel, working in `heap`. */
export function makeKernels(module: KernelExports, heap: Heap): Record<KernelName, Kernel> {
	return {
		linear: (inputs) => linear(module, heap, inputs),
		...makeHalves(module, heap),
		linearBack: (inputs) => linearBack(module, heap, inputs),
		geluBack: (inputs) => geluBack(module, heap, inputs),
		...makeWaysBack(module, heap),
		softmaxBack: (inputs) => softmaxBack(module, heap, inputs),
		layerNorm: (inputs, attrs) => layerNorm(module, heap, inputs, attrs),
		gelu: (inputs) => gelu(module, heap, inputs),
		softmax: (inputs) => softmax(module, heap, inputs),
		scores: (inputs, attrs) => scores(module, heap, inputs, attrs),
		context: (inputs, attrs) => context(module, heap, inputs, attrs),
		windowScores: (inputs, attrs) => windowScores(module, heap, inputs, attrs),
		windowContext: (inputs, attrs) => windowContext(module, heap, inputs, attrs)
	};
}

/** (n, inputs) and (inputs, outputs) to (n, outputs); the bias may be left out. */
function linear(module: KernelExports, heap: Heap, inputs: Inputs): TensorInfo {
	const x = input(inputs, 'x');
	const weight = input(inputs, 'weight');
	const { rows, length } = asRows(x);
	const outputs = asRows(weight).length;
	const y = heap.output([rows, outputs]);
	const bias = inputs['bias'] ? heap.address(inputs['bias']) : 0;
	heap.withScratch(module.gemmScratch(length), (scratch) => {
		const [a, b, c] = [heap.address(x), heap.address(weight), heap.address(y)];
		module.gemm(rows, outputs, length, a, length, b, outputs, 1, 1, bias, c, outputs, scratch);
	});
	return y;
}

/** (n, outputs) and (inputs, outputs) to (n, inputs): the weight's columns are read as if they were its rows. */
function linearBack(module: KernelExports, heap: Heap, inputs: Inputs): TensorInfo {
	const [gradient, weight] = [input(inputs, 'gradient'), input(inputs, 'weight')];
	const { rows, length } = asRows(gradient);
	const columns = asRows(weight).rows;
	const y = heap.output([rows, columns]);
	heap.withScratch(module.gemmScratch(length), (scratch) => {
		const [a, b, c] = [heap.address(gradient), heap.address(weight), heap.address(y)];
		module.gemm(rows, columns, length, a, length, b, 1, length, 1, 0, c, columns, scratch);
	});
	return y;
}

function layerNorm(module: KernelExports, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	const x = input(inputs, 'x');
	const { rows, length } = asRows(x);
	const y = heap.output(x.shape);
	const scale = heap.address(input(inputs, 'scale'));
	const offset = heap.address(input(inputs, 'offset'));
	module.layerNorm(heap.address(x), scale, offset, attr(attrs, 'eps'), heap.address(y), rows, length);
	return y;
}

function gelu(module: KernelExports, heap: Heap, inputs: Inputs): TensorInfo {
	const x = input(inputs, 'x');
	const { rows, length } = asRows(x);
	const y = heap.output(x.shape);
	module.gelu(heap.address(x), heap.address(y), rows * length);
	return y;
}

function softmax(module: KernelExports, heap: Heap, inputs: Inputs): TensorInfo {
	const x = input(inputs, 'x');
	const { rows, length } = asRows(x);
	const y = heap.output(x.shape);
	module.softmax(heap.address(x), heap.address(y), rows, length);
	return y;
}

function geluBack(module: KernelExports, heap: Heap, inputs: Inputs): TensorInfo {
	const [gradient, x] = [input(inputs, 'gradient'), input(inputs, 'x')];
	const { rows, length } = asRows(x);
	const y = heap.output(x.shape);
	module.geluBack(heap.address(gradient), heap.address(x), heap.address(y), rows * length);
	return y;
}

function softmaxBack(module: KernelExports, heap: Heap, inputs: Inputs): TensorInfo {
	const [gradient, shares] = [input(inputs, 'gradient'), input(inputs, 'shares')];
	const { rows, length } = asRows(shares);
	const y = heap.output(shares.shape);
	module.softmaxBack(heap.address(gradient), heap.address(shares), heap.address(y), rows, length);
	return y;
}

/** (n, 3 heads size) to (heads, n, n). */
function scores(module: KernelExports, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	const qkv = input(inputs, 'qkv');
	const heads = attr(attrs, 'heads');
	const n = asRows(qkv).rows;
	const y = heap.output([heads, n, n]);
	scoresInside(module, heap, { qkv, weights: y, windows: 1, heads });
	return y;
}

/** (windows area, 3 heads size) to (windows, heads, area, area). */
function windowScores(module: KernelExports, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	const qkv = input(inputs, 'qkv');
	const [windows, heads] = [attr(attrs, 'windows'), attr(attrs, 'heads')];
	const area = asRows(qkv).rows / windows;
	const y = heap.output([windows, heads, area, area]);
	scoresInside(module, heap, { qkv, weights: y, windows, heads });
	return y;
}

/** (heads, n, n) and (n, 3 heads size) to (n, heads size). */
function context(module: KernelExports, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	return windowContext(module, heap, inputs, { windows: 1, ...attrs });
}

/** (windows, heads, area, area) and (windows area, 3 heads size) to (windows area, heads size). */
function windowContext(module: KernelExports, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	const [weights, qkv] = [input(inputs, 'weights'), input(inputs, 'qkv')];
	const { rows, length } = asRows(qkv);
	const y = heap.output([rows, length / 3]);
	contextInside(module, heap, { qkv, weights, windows: attr(attrs, 'windows'), heads: attr(attrs, 'heads') }, y);
	return y;
}

/** Attention among the tokens of each window; all tokens are one window where nothing is cut. */
interface Attention {
	readonly qkv: TensorInfo;
	/** (windows, heads, area, area). */
	readonly weights: TensorInfo;
	readonly windows: number;
	readonly heads: number;
}

/**
 * For each window and head its query columns times its key columns, read where they are in `qkv`, the keys column by
 * column, which transposes them.
 */
function scoresInside(module: KernelExports, heap: Heap, { qkv, weights, windows, heads }: Attention): void {
	const { rows, length: width } = asRows(qkv);
	const n = rows / windows;
	const size = width / 3 / heads;
	heap.withScratch(module.gemmScratch(size), (scratch) => {
		for (let i = 0; i < windows * heads; i++) {
			const [window, head] = [Math.floor(i / heads), i % heads];
			const query = heap.address(qkv) + (window * n * width + head * size) * BYTES;
			const key = query + heads * size * BYTES;
			const to = heap.address(weights) + i * n * n * BYTES;
			module.gemm(n, n, size, query, width, key, 1, width, 1 / Math.sqrt(size), 0, to, n, scratch);
		}
	});
}

/** For each window and head its weights times its value columns of `qkv`. */
function contextInside(
	module: KernelExports,
	heap: Heap,
	{ qkv, weights, windows, heads }: Attention,
	y: TensorInfo
): void {
	const { rows, length: width } = asRows(qkv);
	const n = rows / windows;
	const features = width / 3;
	const size = features / heads;
	heap.withScratch(module.gemmScratch(n), (scratch) => {
		for (let i = 0; i < windows * heads; i++) {
			const [window, head] = [Math.floor(i / heads), i % heads];
			const pattern = heap.address(weights) + i * n * n * BYTES;
			const value = heap.address(qkv) + (window * n * width + 2 * features + head * size) * BYTES;
			const to = heap.address(y) + (window * n * features + head * size) * BYTES;
			module.gemm(n, size, n, pattern, n, value, width, 1, 1, 0, to, features, scratch);
		}
	});
}
