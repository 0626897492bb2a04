import * as tf from '@tensorflow/tfjs-core';
import { headsApart } from './edits/layout';
import type { TapData, TapSpec } from './tap';

/** Where a tap's values are: a whole tensor, or (with `part`) one part of (n, parts * d), whose heads are then set apart. */
export interface Entry {
	readonly tensor: tf.Tensor;
	readonly part: number | null;
}

/** The taps that one layer makes side by side, in the order of their parts. */
export const QKV = ['query', 'key', 'value'] as const;

/** Owns what is kept of taps, their values or their gradients, laid out as a pass has them, and reads it as taps are shaped. */
export class KeptTaps {
	readonly #entries = new Map<string, Entry>();
	readonly #tensors = new Set<tf.Tensor>();

	/** Keeps a tensor, which `tf.tidy` leaves alone from then on. @param part which one of several that lie side by side; null for all */
	note(name: string, tensor: tf.Tensor, part: number | null): void {
		this.#entries.set(name, { tensor, part });
		this.#tensors.add(tf.keep(tensor));
	}

	/** Gives one tap back, if it is there; what it shares with another stays. */
	drop(name: string): void {
		const tensor = this.#entries.get(name)?.tensor;
		this.#entries.delete(name);
		if (!tensor || [...this.#entries.values()].some((other) => other.tensor === tensor)) return;
		this.#tensors.delete(tensor);
		tensor.dispose();
	}

	get(name: string): Entry | undefined {
		return this.#entries.get(name);
	}

	/** In the order in which they were noted. */
	get entries(): ReadonlyMap<string, Entry> {
		return this.#entries;
	}

	get names(): string[] {
		return [...this.#entries.keys()];
	}

	/** Whether a tensor is one of those kept. */
	holds(tensor: tf.Tensor): boolean {
		return this.#tensors.has(tensor);
	}

	/** A tap's values: a copy, the caller's. */
	async read(spec: TapSpec): Promise<TapData> {
		const { tensor, part } = this.#entry(spec);
		const data = (await tensor.data()) as Float32Array;
		if (part !== null) return { ...spec, data: splitHeads(data, spec.shape, part) };
		return { ...spec, data: readsCopies() ? data : data.slice() };
	}

	/** A tap as a tensor, shaped as its spec says. Called inside `tf.tidy`, whose it is. */
	tensor(spec: TapSpec): tf.Tensor {
		const { tensor, part } = this.#entry(spec);
		if (part === null) return tf.reshape(tensor, [...spec.shape]);
		return headsApart(tensor as tf.Tensor2D, spec.shape, part);
	}

	/** Where the numbers are, each with its bytes. */
	get memory(): ReadonlyMap<object, number> {
		return new Map(
			[...this.#tensors].map(({ dataId, dtype, size }) => [dataId, size * tf.util.bytesPerElement(dtype)])
		);
	}

	dispose(): void {
		for (const tensor of this.#tensors) tensor.dispose();
		this.#tensors.clear();
		this.#entries.clear();
	}

	#entry({ name }: TapSpec): Entry {
		const entry = this.#entries.get(name);
		if (entry) return entry;
		throw new Error(`The tap '${name}' was not kept.`);
	}
}

/**
 * Whether what tfjs reads of a tensor is a copy already: its WebAssembly backend (4.22) copies out of its heap at each
 * reading, while others may hand out what they hold themselves.
 */
const readsCopies = (): boolean => tf.getBackend() === 'wasm';

/**
 * Cuts one part out of a matrix that has heads side by side: `(w n) (parts h d) -> w h n d` at `part`.
 * @param shape (w, h, n, d), the result's; w is 1 where attention is not in windows
 */
function splitHeads(data: Float32Array, shape: readonly number[], part: number): Float32Array {
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
