import * as tf from '@tensorflow/tfjs-core';
import { allHalves, packHalves, unpackHalves } from '../checkpoint/half';
import { hasOwnKernel, runOwnKernel } from './dispatch';

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

/**
 * A float32 tensor of a float16 matrix on its side, each number widened exactly: the backend does it in its own memory where
 * it has a kernel for that, as this is most of what loading a model takes.
 * @param halves (rows, columns), row-major
 * @returns (columns, rows)
 */
export function widenTransposed(halves: Uint16Array, rows: number, columns: number): tf.Tensor2D {
	return tf.tidy(() => {
		const widened =
			hasOwnKernel('widenTransposed') &&
			runOwnKernel<tf.Tensor2D>('widenTransposed', { packed: packedTensor(halves) }, { rows, columns });
		return widened || tf.tensor2d(transposedAsFloats(halves, rows, columns), [columns, rows]);
	});
}

/** Two numbers to an element, from where they lie if they lie so that they can be taken by two. */
function packedTensor(halves: Uint16Array): tf.Tensor1D {
	const { buffer, byteOffset, length } = halves;
	const isAligned = byteOffset % 4 === 0 && length % 2 === 0;
	return tf.tensor1d(isAligned ? new Int32Array(buffer, byteOffset, length / 2) : packHalves(halves), 'int32');
}

/** Rows that are turned together, so that what is written lies close together as well. */
const TILE = 16;

function transposedAsFloats(halves: Uint16Array, rows: number, columns: number): Float32Array {
	const [out, numbers] = [new Float32Array(halves.length), allHalves()];
	for (let top = 0; top < rows; top += TILE) {
		const bottom = Math.min(top + TILE, rows);
		for (let column = 0; column < columns; column++) {
			for (let row = top; row < bottom; row++) {
				out[column * rows + row] = numbers[halves[row * columns + column] ?? 0] ?? 0;
			}
		}
	}
	return out;
}
