import * as tf from '@tensorflow/tfjs-core';
import type { TapData, TapSpec } from './tap';

/**
 * What is read of a pattern, (1, heads, tokens, tokens), in place of all of it: `lines`, the row and then the column of one
 * token in every head, (1, heads, 2, tokens), zeros where the run took that token out; or the `mean` over the heads,
 * (1, 1, tokens, tokens).
 */
export type Part = { readonly lines: number } | 'mean';

/** What a part of a pattern is: its shape, and what its axes mean. @param part null for all of it */
export function partSpec(spec: TapSpec, part: Part | null): TapSpec {
	const [, heads = 0, , tokens = 0] = spec.shape;
	if (part === null) return spec;
	if (part === 'mean') return { ...spec, shape: [1, 1, tokens, tokens] };
	return { ...spec, shape: [1, heads, 2, tokens], axes: ['batch', 'head', 'row and column', 'token'] };
}

/** Whether a tap is a pattern between all tokens of one sequence, so that there are parts of it. */
export function hasParts({ name, shape: [windows, heads, queries, keys] }: TapSpec): boolean {
	return name.endsWith('.attn.pattern') && windows === 1 && Boolean(heads) && queries === keys;
}

/**
 * Gathers a pattern, or a part of it, from one head after the other, so that no backend ever has to hold all heads for it.
 * Owns what it keeps until then.
 */
export class Gathering {
	readonly #spec: TapSpec;
	readonly #part: Part | null;
	readonly #data: Float32Array;
	/** What is still to be read, and where it goes. */
	readonly #pieces: { readonly tensor: tf.Tensor; readonly start: number }[] = [];
	#sum: tf.Tensor | null = null;
	readonly #readsAtOnce: boolean;
	#heads = 0;

	/**
	 * @param part null for all of the pattern
	 * @param readsAtOnce whether the backend can: on a GPU, what is gathered waits there until it is read
	 */
	constructor(spec: TapSpec, part: Part | null, readsAtOnce = ['wasm', 'cpu'].includes(tf.getBackend())) {
		this.#spec = spec;
		this.#part = part;
		this.#readsAtOnce = readsAtOnce;
		this.#data = new Float32Array(tf.util.sizeFromShape([...partSpec(spec, part).shape]));
	}

	/** Whether every head was taken. */
	get isWhole(): boolean {
		return this.#heads === this.#spec.shape[1];
	}

	/** Takes the next head, first to last. @param pattern (1, tokens, tokens); stays the caller's */
	take(pattern: tf.Tensor3D): void {
		if (this.#part === 'mean') this.#add(pattern);
		else {
			const [piece] = tf.tidy(() => this.#pieceOf(pattern));
			if (piece) this.#put(piece, this.#heads * piece.size);
		}
		this.#heads++;
	}

	/** @returns one; none where its token is not there */
	#pieceOf(pattern: tf.Tensor3D): tf.Tensor[] {
		const [, , tokens] = pattern.shape;
		if (this.#part === null || this.#part === 'mean') return [tf.reshape(pattern, pattern.shape)];
		const { lines } = this.#part;
		const at = this.#spec.tokens?.indexOf(lines) ?? lines;
		if (at < 0 || at >= tokens) return [];
		const row = tf.slice(pattern, [0, at, 0], [1, 1, tokens]);
		const column = tf.slice(pattern, [0, 0, at], [1, tokens, 1]);
		return [tf.concat([row, tf.reshape(column, [1, 1, tokens])], 1)];
	}

	/** @param piece whose owner this becomes */
	#put(piece: tf.Tensor, start: number): void {
		if (this.#readsAtOnce) {
			this.#data.set(piece.dataSync() as Float32Array, start);
			piece.dispose();
		} else this.#pieces.push({ tensor: tf.keep(piece), start });
	}

	#add(pattern: tf.Tensor3D): void {
		if (this.#readsAtOnce) {
			const values = pattern.dataSync() as Float32Array;
			const heads = this.#spec.shape[1] ?? 1;
			for (let i = 0; i < values.length; i++) this.#data[i] = (this.#data[i] ?? 0) + (values[i] ?? 0) / heads;
			return;
		}
		const before = this.#sum;
		this.#sum = tf.keep(before ? tf.add(before, pattern) : tf.reshape(pattern, pattern.shape));
		before?.dispose();
	}

	/** The values, once every head was taken: the caller's. */
	async finish(): Promise<TapData> {
		const sum = this.#sum;
		if (sum)
			this.#put(
				tf.tidy(() => tf.mul(sum, 1 / this.#heads)),
				0
			);
		for (const { tensor, start } of this.#pieces) this.#data.set((await tensor.data()) as Float32Array, start);
		return { ...partSpec(this.#spec, this.#part), data: this.#data };
	}

	dispose(): void {
		tf.dispose([...this.#pieces.map(({ tensor }) => tensor), ...(this.#sum ? [this.#sum] : [])]);
	}
}
