import * as tf from '@tensorflow/tfjs-core';
import { PatchworkError } from '../../errors';
import { HalfMatrix, takesHalves } from '../ops/half-matrix';
import type { LayerNorm } from '../ops/layer-norm';
import type { Linear } from '../ops/linear';
import type { Parameter } from '../weights';
import type { LayerNames } from './names';
import { toFloat32, toHalves, type StoredTensor } from './safetensors';

/** How a linear layer is stored, where it is not as usual. */
export interface LinearOptions {
	/** The weight's shape in the file; (outputs, inputs) by default. */
	readonly weightShape?: readonly number[];
	readonly hasBias?: boolean;
}

/**
 * Makes tensors out of a file's, each of them once and with its shape checked, and remembers them until somebody else
 * owns them. Every method throws PatchworkError `checkpoint` for a weight that is missing or has another shape.
 */
export class CheckpointTensors {
	readonly #stored: ReadonlyMap<string, StoredTensor>;
	readonly #left: Set<string>;
	readonly #made: Parameter[] = [];
	#parameters = 0;

	constructor(stored: ReadonlyMap<string, StoredTensor>) {
		this.#stored = stored;
		this.#left = new Set(stored.keys());
	}

	/** How many numbers were taken so far. */
	get parameters(): number {
		return this.#parameters;
	}

	/** Several names: matrices stacked along their outputs. @returns `weight` (inputs, outputs), `bias` (outputs) */
	linear(
		layer: LayerNames,
		inputs: number,
		outputs: number,
		{ weightShape, hasBias = true }: LinearOptions = {}
	): Linear {
		const weight = this.#take(layer.weight, weightShape ?? [outputs / layer.weight.length, inputs]);
		const bias = hasBias ? this.values(layer.bias, [outputs / layer.bias.length]) : null;
		return {
			weight: this.own(linearWeight(weight, inputs, outputs)),
			bias: bias && this.own(tf.tensor1d(bias))
		};
	}

	norm(layer: LayerNames, size: number): LayerNorm {
		return { scale: this.vector(layer.weight, size), offset: this.vector(layer.bias, size) };
	}

	vector(names: readonly string[], size: number): tf.Tensor1D {
		return this.own(tf.tensor1d(this.values(names, [size])));
	}

	/** A tensor of the file, laid out as rows. @param shape in the file */
	rows(name: string, shape: readonly number[], columns: number): tf.Tensor2D {
		const values = this.values([name], shape);
		return this.own(tf.tensor2d(values, [values.length / columns, columns]));
	}

	/** The values of one tensor, or of several stacked along their first axis; each must have `shape`. */
	values(names: readonly string[], shape: readonly number[]): Float32Array {
		return joined(this.#take(names, shape).map(toFloat32), Float32Array);
	}

	/** Takes up a tensor that was made elsewhere, so that it is disposed with the others. */
	own<T extends Parameter>(tensor: T): T {
		this.#made.push(tensor);
		return tensor;
	}

	/** @param unused tensors that a checkpoint may have and the model does not use @throws for any other that is left */
	refuseLeftovers(unused: RegExp): void {
		const extra = [...this.#left].filter((name) => !unused.test(name));
		if (extra.length === 0) return;
		const more = extra.length > 1 ? ` and ${extra.length - 1} more` : '';
		throw fail(`The weights file has '${extra[0]}'${more}, which this architecture has no place for.`);
	}

	/** Gives everything back that was made: for a checkpoint that turned out not to fit. */
	dispose(): void {
		for (const tensor of this.#made) tensor.dispose();
	}

	/** Some tensors of the file, each of `shape`. */
	#take(names: readonly string[], shape: readonly number[]): StoredTensor[] {
		return names.map((name) => {
			const tensor = this.#stored.get(name);
			if (!tensor) throw fail(`The weights file lacks '${name}'.`);
			if (tensor.shape.join() !== shape.join()) {
				throw fail(
					`The weight '${name}' has the shape [${tensor.shape.join(', ')}], and the model needs [${shape.join(', ')}].`
				);
			}
			this.#left.delete(name);
			this.#parameters += tf.util.sizeFromShape([...shape]);
			return tensor;
		});
	}
}

function fail(what: string): PatchworkError {
	return new PatchworkError('checkpoint', `${what} Download the model again, or choose another.`);
}

/**
 * A linear layer's weight on the backend. Float16 numbers stay so where the backend multiplies by them; anything else
 * becomes float32.
 * @param stored matrices stacked along their outputs: together (outputs, inputs)
 * @returns (inputs, outputs)
 */
function linearWeight(stored: readonly StoredTensor[], inputs: number, outputs: number): Linear['weight'] {
	if (takesHalves() && stored.every(({ dtype }) => dtype === 'F16')) {
		const halves = joined(stored.map(toHalves), Uint16Array);
		return new HalfMatrix(transposed(halves, outputs, inputs, Uint16Array), [inputs, outputs]);
	}
	const floats = joined(stored.map(toFloat32), Float32Array);
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
