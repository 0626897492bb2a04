import { PatchworkError } from '../../base/errors';
import type * as tf from '@tensorflow/tfjs-core';
import type { Convolution } from '../ops/convolution';
import type { LayerNorm } from '../ops/layer-norm';
import type { Linear } from '../ops/linear';
import type { LayerNames } from './layer-names';
import { isReadable } from './safetensors';
import type { TensorEntry, TensorTable } from './table';

/** How a linear layer is stored, where it is not as usual. */
export interface LinearOptions {
	/** The weight's shape in the file; (outputs, inputs) by default. */
	readonly weightShape?: readonly number[];
	readonly hasBias?: boolean;
	/** The parts of its bias, one after the other, where they are not the layer's own; zeros stand for a part that is null. */
	readonly bias?: readonly (string | null)[];
	/** Of a layer that is stored as a part of a larger one: its first output there, and how many there are. */
	readonly within?: { readonly first: number; readonly outputs: number };
}

/** Where a convolution without a bias and the batch norm behind it are in a file: what their tensors' names begin with. */
export interface ConvNames {
	readonly conv: string;
	readonly norm: string;
}

/** What a convolution's file must have. */
export interface ConvSizes {
	readonly inputs: number;
	readonly outputs: number;
	/** Side of the kernel. */
	readonly kernel: number;
	/** Whether each channel is convolved by itself. */
	readonly depthwise: boolean;
	/** What the norm adds to each variance. */
	readonly eps: number;
}

/**
 * What a loader asks for the tensors of a model. There are two: one makes them (`CheckpointTensors`), the other only looks
 * whether it could ({@link Rehearsal}). Every method throws PatchworkError `checkpoint` for a weight that is missing, has
 * another shape, or is stored in a format that we don't read.
 */
export interface TensorMaker {
	/** How many numbers were taken so far. */
	readonly parameters: number;
	/** Several names: matrices stacked along their outputs. @returns `weight` (inputs, outputs), `bias` (outputs) */
	linear(layer: LayerNames, inputs: number, outputs: number, options?: LinearOptions): Linear;
	norm(layer: LayerNames, size: number): LayerNorm;
	/** A convolution and the batch norm behind it, as one. */
	conv(names: ConvNames, sizes: ConvSizes): Convolution;
	vector(names: readonly string[], size: number): tf.Tensor1D;
	/** A tensor of the file, laid out as rows. @param shape in the file */
	rows(name: string, shape: readonly number[], columns: number): tf.Tensor2D;
	/** The values of one tensor, or of several stacked along their first axis; each must have `shape`. */
	values(names: readonly string[], shape: readonly number[]): Float32Array;
	/** @param unused tensors that a checkpoint may have and the model does not use @throws for any other that is left */
	refuseLeftovers(unused: RegExp): void;
}

/** Keeps account of a file's tensors: which were asked for, each with the shape that the model needs. */
export class Account<T extends TensorEntry = TensorEntry> {
	readonly #table: TensorTable<T>;
	readonly #left: Set<string>;
	#parameters = 0;

	constructor(table: TensorTable<T>) {
		this.#table = table;
		this.#left = new Set(table.keys());
	}

	get parameters(): number {
		return this.#parameters;
	}

	/**
	 * Some tensors of the file, each of `shape`. Numbers are counted once, however often they are asked for.
	 * @param areLearned whether they are parameters, which are counted: what a batch norm saw in training is none
	 */
	take(names: readonly string[], shape: readonly number[], areLearned = true): T[] {
		return names.map((name) => {
			const tensor = this.#table.get(name);
			if (!tensor) throw fail(`The weights file lacks '${name}'.`);
			if (tensor.shape.join() !== shape.join()) {
				throw fail(
					`The weight '${tensor.name}' has the shape [${tensor.shape.join(', ')}], and the model needs [${shape.join(', ')}].`
				);
			}
			if (!isReadable(tensor.dtype)) {
				throw fail(
					`The weights file stores '${tensor.name}' as '${tensor.dtype.slice(0, 20)}', and we read F32, F16 and BF16.`
				);
			}
			if (this.#left.delete(name) && areLearned) this.#parameters += shape.reduce((product, side) => product * side, 1);
			return tensor;
		});
	}

	/** A convolution's tensors and its norm's, in the order in which `foldNorm` takes them. */
	takeConv({ conv, norm }: ConvNames, { inputs, outputs, kernel, depthwise }: ConvSizes): T[] {
		const shape = [outputs, depthwise ? 1 : inputs, kernel, kernel];
		return [
			...this.take([`${conv}.weight`], shape),
			...this.take([`${norm}.weight`, `${norm}.bias`], [outputs]),
			...this.take([`${norm}.running_mean`, `${norm}.running_var`], [outputs], false)
		];
	}

	refuseLeftovers(unused: RegExp): void {
		const extra = [...this.#left].filter((name) => !unused.test(name));
		if (extra.length === 0) return;
		const first = this.#table.get(extra[0] ?? '')?.name ?? '';
		const more = extra.length > 1 ? ` and ${extra.length - 1} more` : '';
		throw fail(`The weights file has '${first}'${more}, which this architecture has no place for.`);
	}
}

/** Weights that are whole, and not those of the model that `config.json` names. */
function fail(what: string): PatchworkError {
	return new PatchworkError('checkpoint', `${what} Choose another model.`);
}

/** Nobody looks at what a rehearsal hands out. */
const NOTHING = undefined as never;

/** Asks a file's table for everything that loading would ask the file for, and makes nothing of it. */
export class Rehearsal implements TensorMaker {
	readonly #account: Account;

	constructor(table: TensorTable) {
		this.#account = new Account(table);
	}

	get parameters(): number {
		return this.#account.parameters;
	}

	linear(
		layer: LayerNames,
		inputs: number,
		outputs: number,
		{ weightShape, hasBias = true, bias = layer.bias, within }: LinearOptions = {}
	): never {
		const stored = within?.outputs ?? outputs;
		this.#account.take(layer.weight, weightShape ?? [stored / layer.weight.length, inputs]);
		const named = bias.filter((name) => name !== null);
		if (hasBias) this.#account.take(named, [stored / bias.length]);
		return NOTHING;
	}

	norm(layer: LayerNames, size: number): never {
		this.#account.take(layer.weight, [size]);
		this.#account.take(layer.bias, [size]);
		return NOTHING;
	}

	conv(names: ConvNames, sizes: ConvSizes): never {
		this.#account.takeConv(names, sizes);
		return NOTHING;
	}

	vector(names: readonly string[], size: number): never {
		this.#account.take(names, [size]);
		return NOTHING;
	}

	rows(name: string, shape: readonly number[]): never {
		this.#account.take([name], shape);
		return NOTHING;
	}

	values(names: readonly string[], shape: readonly number[]): never {
		this.#account.take(names, shape);
		return NOTHING;
	}

	refuseLeftovers(unused: RegExp): void {
		this.#account.refuseLeftovers(unused);
	}
}
