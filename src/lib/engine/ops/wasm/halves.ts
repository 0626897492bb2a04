import type { TensorInfo } from '@tensorflow/tfjs-core';
import { attr, input, type Attrs, type Inputs } from './arguments';
import type { Heap } from './heap';
import type { KernelExports } from './module';

/*
 * Products by float16 weights (`../half-matrix.ts`): they are widened into room that is given back at once, so of all
 * layers one is in memory as float32. To widen is a hundredth of the work or less, as each number meets many rows.
 */

type Kernel = (inputs: Inputs, attrs: Attrs) => TensorInfo;
type Linear = (inputs: Inputs) => TensorInfo;

/** @param linear the product by float32 weights */
export function makeHalves(module: KernelExports, heap: Heap, linear: Linear): Record<'halfLinear' | 'widen', Kernel> {
	const widen = (inputs: Inputs, attrs: Attrs): TensorInfo => {
		const [weight, rows, columns] = [input(inputs, 'weight'), attr(attrs, 'inputs'), attr(attrs, 'outputs')];
		const floats = heap.output([rows, columns]);
		module.widen(heap.address(weight), heap.address(floats), rows * columns);
		return floats;
	};
	return {
		widen,
		halfLinear: (inputs, attrs) => {
			const weight = widen(inputs, { inputs: input(inputs, 'x').shape.at(-1) ?? 1, ...attrs });
			try {
				return linear({ ...inputs, weight });
			} finally {
				heap.release(weight);
			}
		}
	};
}
