import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelName } from '../dispatch';
import { asRows, attr, BYTES, input, type Attrs, type Inputs } from './arguments';
import { makeConvolutions } from './convolutions';
import type { Heap } from './heap';
import type { RangedName } from './module';
import type { Runner } from './runner';
import { panels, runRows, runStripes, WORK } from './units';
import { makeWaysBack } from './ways-back';

/*
 * Our ops in terms of the module's kernels: sizes, strides, addresses, and where each may be cut between threads. What
 * each op computes is said where it is offered (`../linear.ts`, `../attention.ts`, ...).
 */

type Kernel = (inputs: Inputs, attrs: Attrs) => TensorInfo | TensorInfo[];

/** Only on GPUs: that for float16 weights, and those that save the beginning of a program, which costs nothing here. */
type OnGpus = 'halfLinear' | 'linearPlus' | 'linearGelu' | 'toWindows' | 'fromWindows';

/** Every kernel but {@link OnGpus}, working in `heap`. */
export function makeKernels(runner: Runner, heap: Heap): Record<Exclude<KernelName, OnGpus>, Kernel> {
	return {
		linear: (inputs) => linear(runner, heap, inputs),
		widenTransposed: (inputs, attrs) => widenTransposed(runner, heap, inputs, attrs),
		linearWithoutBias: (inputs) => linear(runner, heap, inputs),
		linearBack: (inputs) => linearBack(runner, heap, inputs),
		geluBack: (inputs) => geluBack(runner, heap, inputs),
		...makeConvolutions(runner, heap),
		...makeWaysBack(runner, heap),
		softmaxBack: (inputs) => softmaxBack(runner, heap, inputs),
		layerNorm: (inputs, attrs) => layerNorm(runner, heap, inputs, attrs),
		gelu: (inputs) => gelu(runner, heap, inputs),
		softmax: (inputs) => softmax(runner, heap, inputs),
		scores: (inputs, attrs) => scores(runner, heap, inputs, attrs),
		context: (inputs, attrs) => context(runner, heap, inputs, attrs),
		patternRows: (inputs, attrs) => patternRows(runner, heap, inputs, attrs),
		contextRows: (inputs, attrs) => contextRows(runner, heap, inputs, attrs),
		windowScores: (inputs, attrs) => windowScores(runner, heap, inputs, attrs),
		windowContext: (inputs, attrs) => windowContext(runner, heap, inputs, attrs)
	};
}

/** (n, inputs) and (inputs, outputs) to (n, outputs); the bias may be left out. */
function linear(runner: Runner, heap: Heap, inputs: Inputs): TensorInfo {
	const x = input(inputs, 'x');
	const weight = input(inputs, 'weight');
	const { rows, length } = asRows(x);
	const outputs = asRows(weight).length;
	const y = heap.output([rows, outputs]);
	const bias = inputs['bias'] ? heap.address(inputs['bias']) : 0;
	const [a, b, c] = [heap.address(x), heap.address(weight), heap.address(y)];
	const args = [rows, outputs, length, a, length, b, outputs, 1, 1, bias, c, outputs];
	product(runner, heap, 'gemm', args, { depth: length, units: panels(outputs), work: rows * outputs * length });
	return y;
}

/** (rows, columns) of float16, two to an element, to (columns, rows). */
function widenTransposed(runner: Runner, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	const [rows, columns] = [attr(attrs, 'rows'), attr(attrs, 'columns')];
	const y = heap.output([columns, rows]);
	const args = [heap.address(input(inputs, 'packed')), heap.address(y), rows, columns];
	runner.run({ kernel: 'widenTransposed', args, units: panels(columns), work: rows * columns * WORK.copy });
	return y;
}

/** (n, outputs) and (inputs, outputs) to (n, inputs): the weight's columns are read as if they were its rows. */
function linearBack(runner: Runner, heap: Heap, inputs: Inputs): TensorInfo {
	const [gradient, weight] = [input(inputs, 'gradient'), input(inputs, 'weight')];
	const { rows, length } = asRows(gradient);
	const columns = asRows(weight).rows;
	const y = heap.output([rows, columns]);
	const [a, b, c] = [heap.address(gradient), heap.address(weight), heap.address(y)];
	const args = [rows, columns, length, a, length, b, 1, length, 1, 0, c, columns];
	product(runner, heap, 'gemm', args, { depth: length, units: panels(columns), work: rows * columns * length });
	return y;
}

/** A kernel that is made of products over `depth` terms. */
function product(
	runner: Runner,
	heap: Heap,
	kernel: RangedName,
	args: readonly number[],
	{ depth, units, work }: { readonly depth: number; readonly units: number; readonly work: number }
): void {
	heap.withScratch(runner.gemmScratch(depth), runner.threads, (scratch) =>
		runner.run({ kernel, args, units, work, scratch })
	);
}

function layerNorm(runner: Runner, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	const x = input(inputs, 'x');
	const y = heap.output(x.shape);
	const scale = heap.address(input(inputs, 'scale'));
	const offset = heap.address(input(inputs, 'offset'));
	const args = [heap.address(x), scale, offset, attr(attrs, 'eps'), heap.address(y)];
	runRows(runner, 'layerNorm', args, x, WORK.layerNorm);
	return y;
}

function gelu(runner: Runner, heap: Heap, inputs: Inputs): TensorInfo {
	const x = input(inputs, 'x');
	const y = heap.output(x.shape);
	runStripes(runner, 'gelu', [heap.address(x), heap.address(y)], x, WORK.gelu);
	return y;
}

function softmax(runner: Runner, heap: Heap, inputs: Inputs): TensorInfo {
	const x = input(inputs, 'x');
	const y = heap.output(x.shape);
	runRows(runner, 'softmax', [heap.address(x), heap.address(y)], x, WORK.softmax);
	return y;
}

function geluBack(runner: Runner, heap: Heap, inputs: Inputs): TensorInfo {
	const [gradient, x] = [input(inputs, 'gradient'), input(inputs, 'x')];
	const y = heap.output(x.shape);
	runStripes(runner, 'geluBack', [heap.address(gradient), heap.address(x), heap.address(y)], x, WORK.gelu);
	return y;
}

function softmaxBack(runner: Runner, heap: Heap, inputs: Inputs): TensorInfo {
	const [gradient, shares] = [input(inputs, 'gradient'), input(inputs, 'shares')];
	const y = heap.output(shares.shape);
	const args = [heap.address(gradient), heap.address(shares), heap.address(y)];
	runRows(runner, 'softmaxBack', args, shares, WORK.softmaxBack);
	return y;
}

/** (n, 3 heads size) to (heads, n, n). */
function scores(runner: Runner, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	const heads = attr(attrs, 'heads');
	const n = asRows(input(inputs, 'qkv')).rows;
	return scoresInside(runner, heap, inputs, { windows: 1, heads, shape: [heads, n, n] });
}

/** (windows area, 3 heads size) to (windows, heads, area, area). */
function windowScores(runner: Runner, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	const [windows, heads] = [attr(attrs, 'windows'), attr(attrs, 'heads')];
	const area = asRows(input(inputs, 'qkv')).rows / windows;
	return scoresInside(runner, heap, inputs, { windows, heads, shape: [windows, heads, area, area] });
}

function scoresInside(
	runner: Runner,
	heap: Heap,
	inputs: Inputs,
	{ windows, heads, shape }: { readonly windows: number; readonly heads: number; readonly shape: number[] }
): TensorInfo {
	const qkv = input(inputs, 'qkv');
	const { rows, length } = asRows(qkv);
	const [n, size] = [rows / windows, length / 3 / heads];
	const y = heap.output(shape);
	const work = rows * n * heads * size;
	const args = [heap.address(qkv), heap.address(y), n, heads, size];
	product(runner, heap, 'scores', args, { depth: size, units: windows * heads * panels(n), work });
	return y;
}

/** (heads, n, n) and (n, 3 heads size) to (n, heads size). */
function context(runner: Runner, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	return windowContext(runner, heap, inputs, { windows: 1, ...attrs });
}

/** (windows, heads, area, area) and (windows area, 3 heads size) to (windows area, heads size). */
function windowContext(runner: Runner, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	const [weights, qkv] = [input(inputs, 'weights'), input(inputs, 'qkv')];
	const [windows, heads] = [attr(attrs, 'windows'), attr(attrs, 'heads')];
	const { rows, length } = asRows(qkv);
	const [n, size] = [rows / windows, length / 3 / heads];
	const y = heap.output([rows, length / 3]);
	const work = rows * n * heads * size;
	const args = [heap.address(qkv), heap.address(weights), heap.address(y), n, heads, size];
	product(runner, heap, 'context', args, { depth: n, units: windows * heads * panels(size), work });
	return y;
}

/** Where the query, key and value of a head begin in a row of `qkv`, and how long each is: float32s. */
function headIn(qkv: TensorInfo, attrs: Attrs) {
	const { rows: n, length: width } = asRows(qkv);
	const features = width / 3;
	const size = features / attr(attrs, 'heads');
	const query = attr(attrs, 'head') * size;
	return { n, width, size, query, key: features + query, value: 2 * features + query };
}

/** (n, 3 heads size) to (1, rows, n): what some queries of a head attend to. The softmax is made in place. */
function patternRows(runner: Runner, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	const qkv = input(inputs, 'qkv');
	const { n, width, size, query, key } = headIn(qkv, attrs);
	const [from, rows] = [attr(attrs, 'from'), attr(attrs, 'rows')];
	const y = heap.output([1, rows, n]);
	const [at, made] = [heap.address(qkv), heap.address(y)];
	const [queries, keys] = [at + BYTES * (from * width + query), at + BYTES * key];
	// Rounded where the kernel for all scores rounds, so that both give the same bits.
	const scale = Math.fround(1 / Math.fround(Math.sqrt(size)));
	const args = [rows, n, size, queries, width, keys, 1, width, scale, 0, made, n];
	product(runner, heap, 'gemm', args, { depth: size, units: panels(n), work: rows * n * size });
	runRows(runner, 'softmax', [made, made], y, WORK.softmax);
	return y;
}

/** (1, rows, n) and (n, 3 heads size) to (rows, size): what these queries take home from the head. */
function contextRows(runner: Runner, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	const [pattern, qkv] = [input(inputs, 'pattern'), input(inputs, 'qkv')];
	const { n, width, size, value } = headIn(qkv, attrs);
	const { rows } = asRows(pattern);
	const y = heap.output([rows, size]);
	const values = heap.address(qkv) + BYTES * value;
	const args = [rows, size, n, heap.address(pattern), n, values, width, 1, 1, 0, heap.address(y), size];
	product(runner, heap, 'gemm', args, { depth: n, units: panels(size), work: rows * n * size });
	return y;
}
