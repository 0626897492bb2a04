import * as tf from '@tensorflow/tfjs-core';
import { PatchworkError } from '../../errors';
import { tokenCount, type ViTConfig } from '../config';
import type { LayerNorm } from '../ops/layer-norm';
import type { Linear } from '../ops/linear';
import type { BlockWeights, ViTWeights } from '../vit';
import type { CheckpointNames, LayerNames } from './names';
import { toFloat32, type StoredTensor } from './safetensors';

/**
 * Makes the model's tensors out of a checkpoint's. Every weight must be there and have the shape that the
 * configuration says; a tensor that the model has no place for is an error too, because it means that the
 * file is of another architecture than it says.
 * @throws PatchworkError `checkpoint`; no tensor is left behind
 */
export function loadWeights(
	config: ViTConfig,
	names: CheckpointNames,
	stored: ReadonlyMap<string, StoredTensor>
): ViTWeights {
	const reader = new WeightReader(stored);
	const { dim, mlpDim, channels, patchSize, classes } = config;
	const owned: tf.Tensor[] = [];
	const own = <T extends tf.Tensor>(tensor: T): T => {
		owned.push(tensor);
		return tensor;
	};
	const linear = (
		layer: LayerNames,
		inputs: number,
		outputs: number,
		weightShape?: readonly number[],
		hasBias = true
	): Linear => {
		const weight = reader.stacked(layer.weight, weightShape ?? [outputs / layer.weight.length, inputs]);
		const bias = hasBias ? reader.stacked(layer.bias, [outputs / layer.bias.length]) : null;
		return {
			weight: own(tf.tensor2d(transposed(weight, outputs, inputs), [inputs, outputs])),
			bias: bias && own(tf.tensor1d(bias))
		};
	};
	const norm = (layer: LayerNames): LayerNorm => ({
		scale: own(tf.tensor1d(reader.stacked(layer.weight, [dim]))),
		offset: own(tf.tensor1d(reader.stacked(layer.bias, [dim])))
	});
	const block = (i: number): BlockWeights => {
		const n = names.block(i);
		return {
			norm1: norm(n.norm1),
			qkv: linear(n.qkv, dim, 3 * dim, undefined, config.qkvBias),
			proj: linear(n.proj, dim, dim),
			norm2: norm(n.norm2),
			fc1: linear(n.fc1, dim, mlpDim),
			fc2: linear(n.fc2, mlpDim, dim)
		};
	};
	try {
		const n = tokenCount(config);
		const weights: ViTWeights = {
			patchEmbed: linear(names.patchEmbed, channels * patchSize ** 2, dim, [dim, channels, patchSize, patchSize]),
			clsToken: own(tf.tensor2d(reader.stacked([names.clsToken], [1, 1, dim]), [1, dim])),
			posEmbed: own(tf.tensor2d(reader.stacked([names.posEmbed], [1, n, dim]), [n, dim])),
			blocks: Array.from({ length: config.depth }, (_, i) => block(i)),
			norm: norm(names.norm),
			head: classes > 0 ? linear(names.head, dim, classes) : null
		};
		reader.refuseLeftovers(names.unused);
		return weights;
	} catch (error) {
		tf.dispose(owned);
		throw error;
	}
}

/** Hands out a file's tensors, once each, with their shapes checked. */
class WeightReader {
	readonly #left: Set<string>;

	constructor(private readonly stored: ReadonlyMap<string, StoredTensor>) {
		this.#left = new Set(stored.keys());
	}

	/** The values of one tensor, or of several stacked along their first axis; each must have `shape`. */
	stacked(names: readonly string[], shape: readonly number[]): Float32Array {
		const parts = names.map((name) => this.#take(name, shape));
		const [only] = parts;
		if (parts.length === 1 && only) return only;
		const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
		let at = 0;
		for (const part of parts) {
			all.set(part, at);
			at += part.length;
		}
		return all;
	}

	refuseLeftovers(unused: RegExp): void {
		const extra = [...this.#left].filter((name) => !unused.test(name));
		if (extra.length === 0) return;
		const more = extra.length > 1 ? ` and ${extra.length - 1} more` : '';
		throw fail(`The weights file has '${extra[0]}'${more}, which this architecture has no place for.`);
	}

	#take(name: string, shape: readonly number[]): Float32Array {
		const tensor = this.stored.get(name);
		if (!tensor) throw fail(`The weights file lacks '${name}'.`);
		if (tensor.shape.join() !== shape.join()) {
			throw fail(
				`The weight '${name}' has the shape [${tensor.shape.join(', ')}], and the model needs [${shape.join(', ')}].`
			);
		}
		this.#left.delete(name);
		return toFloat32(tensor);
	}
}

function fail(what: string): PatchworkError {
	return new PatchworkError('checkpoint', `${what} Download the model again, or choose another.`);
}

/** Rows that are turned together, so that what is written lies close together as well. */
const TILE = 16;

/** A matrix on its side: (rows, columns) row-major to (columns, rows) row-major. */
function transposed(matrix: Float32Array, rows: number, columns: number): Float32Array {
	const out = new Float32Array(matrix.length);
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
