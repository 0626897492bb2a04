import type { TensorInfo } from '@tensorflow/tfjs-core';
import { asRows, attr, BYTES, input, type Attrs, type Inputs } from './arguments';
import type { Heap } from './heap';
import type { KernelExports } from './module';

/*
 * The ways back that training takes, in terms of the module's functions. What each computes is said where it is offered
 * (`../linear.ts`, `../convolution-back.ts`, ...). Each works on one picture or window after the other, or on rows that
 * could be cut anywhere, so that some could be given to another thread.
 */

export function makeWaysBack(module: KernelExports, heap: Heap) {
	return {
		bentBack: (inputs: Inputs, attrs: Attrs) => bentBack(module, heap, inputs, attrs),
		layerNormBack: (inputs: Inputs, attrs: Attrs) => layerNormBack(module, heap, inputs, attrs),
		layerNormParametersBack: (inputs: Inputs, attrs: Attrs) => layerNormParametersBack(module, heap, inputs, attrs),
		linearParametersBack: (inputs: Inputs) => linearParametersBack(module, heap, inputs),
		windowAttentionBack: (inputs: Inputs) => windowAttentionBack(module, heap, inputs),
		convolveBack: (inputs: Inputs, attrs: Attrs) => convolveBack(module, heap, inputs, attrs),
		convolveParametersBack: (inputs: Inputs, attrs: Attrs) => convolveParametersBack(module, heap, inputs, attrs)
	};
}

function bentBack(module: KernelExports, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	const [gradient, made] = [input(inputs, 'gradient'), input(inputs, 'made')];
	const y = heap.output(made.shape);
	const { rows, length } = asRows(made);
	const [from, to] = [heap.address(gradient), heap.address(y)];
	module.bentBack(from, heap.address(made), attr(attrs, 'ceiling'), to, rows * length);
	return y;
}

function layerNormBack(module: KernelExports, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	const [gradient, x, scale] = [input(inputs, 'gradient'), input(inputs, 'x'), input(inputs, 'scale')];
	const { rows, length } = asRows(x);
	const y = heap.output(x.shape);
	const [g, from, factor] = [heap.address(gradient), heap.address(x), heap.address(scale)];
	module.layerNormBack(g, from, factor, attr(attrs, 'eps'), heap.address(y), rows, length);
	return y;
}

/** To (features) and (features). */
function layerNormParametersBack(module: KernelExports, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo[] {
	const [gradient, x] = [input(inputs, 'gradient'), input(inputs, 'x')];
	const { rows, length } = asRows(x);
	const [scale, offset] = [heap.output([length]), heap.output([length])];
	const [g, from] = [heap.address(gradient), heap.address(x)];
	const to = [heap.address(scale), heap.address(offset)] as const;
	module.layerNormParametersBack(g, from, attr(attrs, 'eps'), ...to, rows, length);
	return [scale, offset];
}

/** (n, outputs) and (n, inputs) to (inputs, outputs) and (outputs). */
function linearParametersBack(module: KernelExports, heap: Heap, inputs: Inputs): TensorInfo[] {
	const [gradient, x] = [input(inputs, 'gradient'), input(inputs, 'x')];
	const { rows, length: outputs } = asRows(gradient);
	const { length } = asRows(x);
	const [weight, bias] = [heap.output([length, outputs]), heap.output([outputs])];
	const [a, b, c] = [heap.address(x), heap.address(gradient), heap.address(weight)];
	module.gemmTransposed(length, outputs, rows, a, length, b, outputs, 1, c, outputs, 0);
	module.columnSums(b, heap.address(bias), rows, outputs);
	return [weight, bias];
}

/** (windows area, heads size), (windows, heads, area, area) and (windows area, 3 heads size) to the last one's shape. */
function windowAttentionBack(module: KernelExports, heap: Heap, inputs: Inputs): TensorInfo {
	const [gradient, shares, qkv] = [input(inputs, 'gradient'), input(inputs, 'shares'), input(inputs, 'qkv')];
	const [windows = 1, heads = 1, n = 1] = shares.shape;
	const { length: width } = asRows(qkv);
	const size = width / 3 / heads;
	const y = heap.output(qkv.shape);
	const rooms = { weights: n * n, product: module.gemmScratch(Math.max(n, size)) };
	heap.withScratch(rooms.weights + rooms.product, (weights) => {
		const scratch = weights + rooms.weights * BYTES;
		for (let i = 0; i < windows * heads; i++) {
			const [window, head] = [Math.floor(i / heads), i % heads];
			const at = (window * n * width + head * size) * BYTES;
			const own = heap.address(gradient) + (window * n * heads * size + head * size) * BYTES;
			const pattern = heap.address(shares) + i * n * n * BYTES;
			headBack(
				module,
				{ n, size, width, part: heads * size * BYTES },
				{
					gradient: own,
					pattern,
					qkv: heap.address(qkv) + at,
					y: heap.address(y) + at,
					weights,
					scratch
				}
			);
		}
	});
	return y;
}

interface HeadSizes {
	readonly n: number;
	/** Features of a head. */
	readonly size: number;
	/** Of a row of qkv. */
	readonly width: number;
	/** Bytes from a head's queries to its keys, and from there to its values. */
	readonly part: number;
}

/** Addresses of one head's own. `weights` is room for (n, n). */
type HeadRooms = Readonly<Record<'gradient' | 'pattern' | 'qkv' | 'y' | 'weights' | 'scratch', number>>;

/** One head of one window: to its weights, through its softmax, and on to queries, keys and values. */
function headBack(module: KernelExports, { n, size, width, part }: HeadSizes, at: HeadRooms): void {
	const { gradient, pattern, qkv, y, weights, scratch } = at;
	const [key, value, scale] = [qkv + part, qkv + 2 * part, 1 / Math.sqrt(size)];
	const features = width / 3;
	module.gemmTransposed(n, size, n, pattern, n, gradient, features, 1, y + 2 * part, width, 0);
	module.gemm(n, n, size, gradient, features, value, 1, width, 1, 0, weights, n, scratch);
	module.softmaxBack(weights, pattern, weights, n, n);
	module.gemm(n, size, n, weights, n, key, width, 1, scale, 0, y, width, scratch);
	module.gemmTransposed(n, size, n, weights, n, qkv, width, scale, y + part, width, 0);
}

/** (b, rows, columns, outputs) and (kernel, kernel, inputs, outputs) to (b, height, width, inputs). */
function convolveBack(module: KernelExports, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo {
	const [gradient, weight] = [input(inputs, 'gradient'), input(inputs, 'weight')];
	const [pictures = 1, rows = 1, columns = 1, outputs = 1] = gradient.shape;
	const [kernel = 1, , channels = 1] = weight.shape;
	const [height, width] = [attr(attrs, 'rows'), attr(attrs, 'columns')];
	const y = heap.output([pictures, height, width, channels]);
	const corner = [attr(attrs, 'stride'), attr(attrs, 'top'), attr(attrs, 'left')] as const;
	const [places, seen] = [rows * columns, kernel * kernel * channels];
	heap.withScratch(places * seen + module.gemmScratch(outputs), (unfolded) => {
		const scratch = unfolded + places * seen * BYTES;
		for (let i = 0; i < pictures; i++) {
			const from = heap.address(gradient) + i * places * outputs * BYTES;
			const to = heap.address(y) + i * height * width * channels * BYTES;
			const by = heap.address(weight);
			module.gemm(places, seen, outputs, from, outputs, by, 1, outputs, 1, 0, unfolded, seen, scratch);
			module.fold(unfolded, to, height, width, channels, kernel, ...corner, rows, columns);
		}
	});
	return y;
}

/** (b, rows, columns, outputs) and (b, height, width, inputs) to (kernel, kernel, inputs, outputs) and (outputs). */
function convolveParametersBack(module: KernelExports, heap: Heap, inputs: Inputs, attrs: Attrs): TensorInfo[] {
	const [gradient, x] = [input(inputs, 'gradient'), input(inputs, 'x')];
	const [pictures = 1, rows = 1, columns = 1, outputs = 1] = gradient.shape;
	const [, height = 1, width = 1, channels = 1] = x.shape;
	const kernel = attr(attrs, 'kernel');
	const corner = [attr(attrs, 'stride'), attr(attrs, 'top'), attr(attrs, 'left')] as const;
	const [weight, bias] = [heap.output([kernel, kernel, channels, outputs]), heap.output([outputs])];
	const [places, seen] = [rows * columns, kernel * kernel * channels];
	heap.withScratch(places * seen, (unfolded) => {
		for (let i = 0; i < pictures; i++) {
			const from = heap.address(x) + i * height * width * channels * BYTES;
			const by = heap.address(gradient) + i * places * outputs * BYTES;
			module.unfold(from, unfolded, height, width, channels, kernel, ...corner, rows, columns);
			const to = heap.address(weight);
			module.gemmTransposed(seen, outputs, places, unfolded, seen, by, outputs, 1, to, outputs, Number(i > 0));
		}
	});
	module.columnSums(heap.address(gradient), heap.address(bias), pictures * places, outputs);
	return [weight, bias];
}
