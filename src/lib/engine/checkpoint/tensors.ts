import * as tf from '@tensorflow/tfjs-core';
import { HalfMatrix, takesHalves, widenTransposed } from '../ops/half-matrix';
import type { Convolution } from '../ops/convolution';
import type { LayerNorm } from '../ops/layer-norm';
import type { Linear } from '../ops/linear';
import type { Parameter } from '../parameter';
import { foldNorm } from './fold-norm';
import type { LayerNames } from './layer-names';
import { halvesOf, toFloat32, type StoredTensor } from './safetensors';
import type { TensorTable } from './table';
import { Account, type ConvNames, type ConvSizes, type LinearOptions, type TensorMaker } from './tensor-maker';

/**
 * Makes tensors out of a file's, each of them once and with its shape checked, and remembers them until somebody else
 * owns them.
 */
export class CheckpointTensors implements TensorMaker {
	readonly #account: Account<StoredTensor>;
	readonly #made: Parameter[] = [];

	constructor(stored: TensorTable<StoredTensor>) {
		this.#account = new Account(stored);
	}

	get parameters(): number {
		return this.#account.parameters;
	}

	linear(
		layer: LayerNames,
		inputs: number,
		outputs: number,
		{ weightShape, hasBias = true, bias = layer.bias, within }: LinearOptions = {}
	): Linear {
		const stored = within?.outputs ?? outputs;
		const first = within?.first ?? 0;
		const weight = this.#account.take(layer.weight, weightShape ?? [stored / layer.weight.length, inputs]);
		const own = hasBias ? this.#bias(bias, stored / bias.length).subarray(first, first + outputs) : null;
		return {
			weight: this.#own(linearWeight(weight, inputs, outputs, first)),
			bias: own && this.#own(tf.tensor1d(own))
		};
	}

	/** @param size of each part */
	#bias(parts: readonly (string | null)[], size: number): Float32Array {
		const values = parts.map((name) => (name === null ? new Float32Array(size) : this.values([name], [size])));
		return joined(values, Float32Array);
	}

	norm(layer: LayerNames, size: number): LayerNorm {
		return { scale: this.vector(layer.weight, size), offset: this.vector(layer.bias, size) };
	}

	conv(names: ConvNames, sizes: ConvSizes): Convolution {
		const { inputs, outputs, kernel, depthwise } = sizes;
		const stored = this.#account.takeConv(names, sizes).map(toFloat32);
		const { weight, bias } = foldNorm(stored, sizes);
		const shape = [kernel, kernel, ...(depthwise ? [outputs, 1] : [inputs, outputs])];
		return {
			weight: this.#own(tf.tensor<tf.Rank.R4>(weight, shape as [number, number, number, number])),
			bias: this.#own(tf.tensor1d(bias))
		};
	}

	vector(names: readonly string[], size: number): tf.Tensor1D {
		return this.#own(tf.tensor1d(this.values(names, [size])));
	}

	rows(name: string, shape: readonly number[], columns: number): tf.Tensor2D {
		const values = this.values([name], shape);
		return this.#own(tf.tensor2d(values, [values.length / columns, columns]));
	}

	values(names: readonly string[], shape: readonly number[]): Float32Array {
		return joined(this.#account.take(names, shape).map(toFloat32), Float32Array);
	}

	refuseLeftovers(unused: RegExp): void {
		this.#account.refuseLeftovers(unused);
	}

	/** Gives everything back that was made: for a checkpoint that turned out not to fit. */
	dispose(): void {
		for (const tensor of this.#made) tensor.dispose();
	}

	#own<T extends Parameter>(tensor: T): T {
		this.#made.push(tensor);
		return tensor;
	}
}

/** What a loader makes of a checkpoint. Nothing is left behind where it throws. */
export function makeTensors<T>(stored: TensorTable<StoredTensor>, load: (tensors: TensorMaker) => T): T {
	const tensors = new CheckpointTensors(stored);
	try {
		return load(tensors);
	} catch (error) {
		tensors.dispose();
		throw error;
	}
}

/**
 * A linear layer's weight on the backend. Float16 numbers stay so where the backend multiplies by them; anything else
 * becomes float32.
 * @param stored matrices stacked along their outputs: together (all outputs, inputs)
 * @param first the first of the outputs that are the layer's
 * @returns (inputs, outputs)
 */
function linearWeight(
	stored: readonly StoredTensor[],
	inputs: number,
	outputs: number,
	first: number
): Linear['weight'] {
	const [start, end] = [first * inputs, (first + outputs) * inputs];
	if (stored.every(({ dtype }) => dtype === 'F16')) {
		const halves = joined(stored.map(halvesOf), Uint16Array).subarray(start, end);
		return takesHalves()
			? new HalfMatrix(transposed(halves, outputs, inputs, Uint16Array), [inputs, outputs])
			: widenTransposed(halves, outputs, inputs);
	}
	const floats = joined(stored.map(toFloat32), Float32Array).subarray(start, end);
	return tf.tensor2d(transposed(floats, outputs, inputs, Float32Array), [inputs, outputs]);
}

type Numbers = Float32Array | Uint16Array;

/** Arrays of numbers, one after the other. */
function joined<T extends Numbers>(parts: readonly T[], Made: new (length: number) => T): T {
	const [only] = parts;
	if (parts.length === 1 && only) return only;
	const all = new Made(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}

/** Rows that are turned together, so that what is written lies close together as well. */
const TILE = 16;

/** A matrix on its side: (rows, columns) row-major to (columns, rows) row-major. */
function transposed<T extends Numbers>(matrix: T, rows: number, columns: number, Made: new (length: number) => T): T {
	const out = new Made(matrix.length);
	for (let top = 0; top < rows; top += TILE) {
		const bottom = Math.min(top + TILE, rows);
		for (let column = 0; column < columns; column++) {
			for (let row = top; row < bottom; row++) {
				out[column * rows + row] = matrix[row * columns + column] ?? 0;
			}
		}
	}
	return out;
}
