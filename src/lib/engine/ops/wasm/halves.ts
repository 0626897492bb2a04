import type { TensorInfo } from '@tensorflow/tfjs-core';
import { asRows, attr, BYTES, input, type Attrs, type Inputs } from './arguments';
import type { Heap } from './heap';
import type { KernelExports } from './module';

/*
 * Products by float16 weights (`../half-matrix.ts`): they are widened some columns at a time, into room that stays in the
 * cache and is given back at once. To widen is little beside the product, as each number meets many rows.
 */

type Kernel = (inputs: Inputs, attrs: Attrs) => TensorInfo;

/** Bytes of a float16. */
const HALF = 2;

/** Columns that are widened together: as many as lie beside each other in the cache, a multiple of a tile's eight. */
const STRIP = 32;

export function makeHalves(module: KernelExports, heap: Heap): Record<'halfLinear' | 'widen', Kernel> {
	return {
		widen: (inputs, attrs) => {
			const [weight, rows, columns] = [input(inputs, 'weight'), attr(attrs, 'inputs'), attr(attrs, 'outputs')];
			const floats = heap.output([rows, columns]);
			module.widen(heap.address(weight), heap.address(floats), rows, columns, columns);
			return floats;
		},
		halfLinear: (inputs, attrs) => halfLinear(module, heap, inputs, attr(attrs, 'outputs'))
	};
}

/** (n, inputs) and float16 (inputs, outputs) to (n, outputs); the bias may be left out. */
function halfLinear(module: KernelExports, heap: Heap, inputs: Inputs, outputs: number): TensorInfo {
	const [x, weight] = [input(inputs, 'x'), input(inputs, 'weight')];
	const { rows, length } = asRows(x);
	const y = heap.output([rows, outputs]);
	const bias = inputs['bias'] ? heap.address(inputs['bias']) : 0;
	heap.withScratch(module.gemmScratch(length) + length * STRIP, (scratch) => {
		const strip = scratch + module.gemmScratch(length) * BYTES;
		for (let first = 0; first < outputs; first += STRIP) {
			const width = Math.min(STRIP, outputs - first);
			module.widen(heap.address(weight) + first * HALF, strip, length, width, outputs);
			const [from, to] = [heap.address(x), heap.address(y) + first * BYTES];
			const offset = bias && bias + first * BYTES;
			module.gemm(rows, width, length, from, length, strip, width, 1, 1, offset, to, outputs, scratch);
		}
	});
	return y;
}
