import * as tf from '@tensorflow/tfjs-core';
import { packHalves, unpackHalves } from '../checkpoint/half';
import { hasOwnKernel } from './dispatch';

/**
 * A linear layer's weight whose numbers stay float16 on the backend, in half the memory. tfjs has no such tensors, so
 * two numbers lie in each element of an int32 one. To those who read it by name it is like any other tensor.
 */
export class HalfMatrix {
	/** All numbers row-major, two to an element. */
	readonly packed: tf.Tensor1D;

	/** @param halves binary16, row-major @param shape (inputs, outputs) */
	constructor(
		halves: Uint16Array,
		readonly shape: readonly [inputs: number, outputs: number]
	) {
		this.packed = tf.tensor1d(packHalves(halves), 'int32');
	}

	/** The numbers, widened exactly; row-major, and the caller's. */
	async data(): Promise<Float32Array> {
		const [inputs, outputs] = this.shape;
		return unpackHalves(await this.packed.data<'int32'>(), inputs * outputs);
	}

	dispose(): void {
		this.packed.dispose();
	}
}

/** Whether the current backend multiplies by a {@link HalfMatrix}; where it does not, float16 weights become float32. */
export function takesHalves(): boolean {
	return hasOwnKernel('halfLinear');
}
