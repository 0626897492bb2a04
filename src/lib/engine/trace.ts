import * as tf from '@tensorflow/tfjs-core';
import { PatchworkError } from '../errors';
import type { ModelConfig } from './config';
import { tapSpecs, type TapData, type TapSpec } from './taps';

/** Where a tap's values are: a whole tensor, or (with `part`) one part of (n, parts * d), whose heads are then set apart. */
interface Entry {
	readonly tensor: tf.Tensor;
	readonly part: number | null;
}

/**
 * Owns the intermediates of one run. The forward pass fills it; a reader asks for a tap by name and gets its values;
 * `dispose` gives everything back. A trace can be told to keep only some taps.
 */
export class Trace {
	readonly #specs: ReadonlyMap<string, TapSpec>;
	readonly #entries = new Map<string, Entry>();
	readonly #kept = new Set<tf.Tensor>();
	readonly #wanted: (name: string) => boolean;

	/** @param wanted which taps to keep; all by default */
	constructor(config: ModelConfig, wanted: (name: string) => boolean = () => true) {
		this.#specs = new Map(tapSpecs(config).map((spec) => [spec.name, spec]));
		this.#wanted = wanted;
	}

	/** Notes an intermediate and hands it on. Its values, in order, are the tap's. */
	tap<T extends tf.Tensor>(name: string, tensor: T): T {
		if (this.#wanted(name)) this.#keep(name, tensor, null);
		return tensor;
	}

	/** Notes a block's `query`, `key` and `value` from the layer that makes all three. @param qkv (n, 3 d) */
	tapQkv(block: string, qkv: tf.Tensor2D): tf.Tensor2D {
		for (const [part, name] of ['query', 'key', 'value'].entries()) {
			if (this.#wanted(`${block}.${name}`)) this.#keep(`${block}.${name}`, qkv, part);
		}
		return qkv;
	}

	/** Notes an intermediate that has its heads side by side; the tap has them apart. @param tensor (n, d) */
	tapHeads(name: string, tensor: tf.Tensor2D): tf.Tensor2D {
		if (this.#wanted(name)) this.#keep(name, tensor, 0);
		return tensor;
	}

	/** Disposes a tensor that the pass no longer needs, unless it is a tap that is kept. */
	release(tensor: tf.Tensor): void {
		if (!this.#kept.has(tensor)) tensor.dispose();
	}

	/** The names of the taps that can be read, in the order in which they were computed. */
	get names(): string[] {
		return [...this.#entries.keys()];
	}

	/**
	 * The values of a tap, shaped as PyTorch would have them: a copy, the caller's to keep or to transfer.
	 * @throws PatchworkError `request` when the run has no such tap
	 */
	async read(name: string): Promise<TapData> {
		const entry = this.#entries.get(name);
		const spec = this.#specs.get(name);
		if (!entry || !spec) {
			throw new PatchworkError('request', `This run has no tap named '${name}'; ask for one of those it kept.`);
		}
		const data = (await entry.tensor.data()) as Float32Array;
		return { ...spec, data: entry.part === null ? data.slice() : splitHeads(data, spec.shape, entry.part) };
	}

	/** Gives all tensors back. The trace can't be read afterwards. */
	dispose(): void {
		for (const tensor of this.#kept) tensor.dispose();
		this.#kept.clear();
		this.#entries.clear();
	}

	#keep(name: string, tensor: tf.Tensor, part: number | null): void {
		if (!this.#specs.has(name)) throw new Error(`The forward pass makes a tap '${name}' that taps.ts does not list.`);
		this.#entries.set(name, { tensor, part });
		this.#kept.add(tf.keep(tensor));
	}
}

/**
 * Cuts one part out of a matrix that has heads side by side: `(w n) (parts h d) -> w h n d` at `part`.
 * @param shape (w, h, n, d), the result's; w is 1 where attention is not in windows
 */
export function splitHeads(data: Float32Array, shape: readonly number[], part: number): Float32Array {
	const [windows = 0, heads = 0, n = 0, size = 0] = shape;
	const width = data.length / (windows * n);
	const out = new Float32Array(windows * heads * n * size);
	for (let row = 0; row < windows * heads * n; row++) {
		const [window, head, token] = [Math.floor(row / (heads * n)), Math.floor(row / n) % heads, row % n];
		const start = (window * n + token) * width + (part * heads + head) * size;
		out.set(data.subarray(start, start + size), row * size);
	}
	return out;
}
