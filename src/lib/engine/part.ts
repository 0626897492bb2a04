import * as tf from '@tensorflow/tfjs-core';
import { roundInto } from './checkpoint/half';
import type { TapData, TapSpec } from './tap';

/**
 * What is read of a pattern, (1, heads, tokens, tokens), in place of all of it: `lines`, the row and then the column of one
 * token in every head, (1, heads, 2, tokens), zeros where the run took that token out; or the `mean` over the heads,
 * (1, 1, tokens, tokens). All heads, or their mean, may be had as `halves`, binary16: half the bytes, and each weight to
 * within 2 ** -11 of itself or 2 ** -25, whichever is more.
 */
export type Part = { readonly lines: number } | 'mean' | { readonly halves: 'heads' | 'mean' };

/** What is read as halves; null where that is nothing. */
const halvedOf = (part: Part | null) => (part !== null && part !== 'mean' && 'halves' in part ? part.halves : null);

const isMean = (part: Part | null): boolean => part === 'mean' || halvedOf(part) === 'mean';

/** The token whose lines are read; null where all rows are. */
const tokenOf = (part: Part | null) => (part !== null && part !== 'mean' && 'lines' in part ? part.lines : null);

/** What a part of a pattern is: its shape, and what its axes mean. @param part null for all of it */
export function partSpec(spec: TapSpec, part: Part | null): TapSpec {
	const [, heads = 0, , tokens = 0] = spec.shape;
	if (isMean(part)) return { ...spec, shape: [1, 1, tokens, tokens] };
	if (tokenOf(part) === null) return spec;
	return { ...spec, shape: [1, heads, 2, tokens], axes: ['batch', 'head', 'row and column', 'token'] };
}

/** Whether a tap is a pattern between all tokens of one sequence, so that there are parts of it. */
export function hasParts({ name, shape: [windows, heads, queries, keys] }: TapSpec): boolean {
	return name.endsWith('.attn.pattern') && windows === 1 && Boolean(heads) && queries === keys;
}

/** Some rows of one head's pattern, and where they stand. */
interface Rows {
	readonly rows: tf.Tensor3D;
	readonly head: number;
	/** The first of them. */
	readonly from: number;
}

/** A tensor, and where its values go. */
interface Piece {
	readonly tensor: tf.Tensor;
	readonly start: number;
}

/**
 * Gathers a pattern, or a part of it, from some rows after the other, so that no backend ever has to hold all heads for it.
 * Owns what it keeps until then.
 */
export class Gathering {
	readonly #spec: TapSpec;
	readonly #part: Part | null;
	/** The values, but of heads that are read as halves. */
	readonly #data: Float32Array;
	readonly #halves: Uint16Array | null;
	/** What is still to be read. */
	readonly #pieces: Piece[] = [];
	/** The sums over the heads so far, by the row that each begins with, where they are not read at once. */
	readonly #sums = new Map<number, tf.Tensor>();
	readonly #readsAtOnce: boolean;
	#taken = 0;

	/**
	 * @param part null for all of the pattern
	 * @param readsAtOnce whether the backend can: on a GPU, what is gathered waits there until it is read
	 */
	constructor(spec: TapSpec, part: Part | null, readsAtOnce = ['wasm', 'cpu'].includes(tf.getBackend())) {
		this.#spec = spec;
		this.#part = part;
		this.#readsAtOnce = readsAtOnce;
		const size = tf.util.sizeFromShape([...partSpec(spec, part).shape]);
		this.#halves = halvedOf(part) ? new Uint16Array(size) : null;
		this.#data = new Float32Array(this.#halves && !isMean(part) ? 0 : size);
	}

	get #tokens(): number {
		return this.#spec.shape[3] ?? 0;
	}

	/** Whether all rows of every head were taken. */
	get isWhole(): boolean {
		return this.#taken === (this.#spec.shape[1] ?? 0) * this.#tokens;
	}

	/** Takes the next rows, first to last and head after head. @param rows (1, some rows of one head, tokens); stays the caller's */
	take(rows: tf.Tensor3D): void {
		const [head, from] = [Math.floor(this.#taken / this.#tokens), this.#taken % this.#tokens];
		if (isMean(this.#part)) this.#add(rows, from);
		else tf.tidy(() => this.#piecesOf({ rows, head, from }).forEach((piece) => this.#put(piece)));
		this.#taken += rows.shape[1];
	}

	#piecesOf({ rows, head, from }: Rows): Piece[] {
		const [, count, tokens] = rows.shape;
		const token = tokenOf(this.#part);
		if (token === null) return [{ tensor: tf.reshape(rows, rows.shape), start: (head * tokens + from) * tokens }];
		const at = this.#spec.tokens?.indexOf(token) ?? token;
		if (at < 0 || at >= tokens) return [];
		const start = 2 * head * tokens;
		const column = { tensor: tf.slice(rows, [0, 0, at], [1, count, 1]), start: start + tokens + from };
		if (at < from || at >= from + count) return [column];
		return [{ tensor: tf.slice(rows, [0, at - from, 0], [1, 1, tokens]), start }, column];
	}

	/** @param piece whose tensor becomes the gathering's */
	#put({ tensor, start }: Piece): void {
		if (this.#readsAtOnce) {
			this.#write(tensor.dataSync() as Float32Array, start);
			tensor.dispose();
		} else this.#pieces.push({ tensor: tf.keep(tensor), start });
	}

	#write(values: Float32Array, start: number): void {
		if (this.#halves) roundInto(this.#halves, values, start);
		else this.#data.set(values, start);
	}

	#add(rows: tf.Tensor3D, from: number): void {
		if (this.#readsAtOnce) {
			const values = rows.dataSync() as Float32Array;
			const heads = this.#spec.shape[1] ?? 1;
			const start = from * this.#tokens;
			for (let i = 0; i < values.length; i++)
				this.#data[start + i] = (this.#data[start + i] ?? 0) + (values[i] ?? 0) / heads;
			return;
		}
		const before = this.#sums.get(from);
		this.#sums.set(from, tf.keep(before ? tf.add(before, rows) : tf.reshape(rows, rows.shape)));
		before?.dispose();
	}

	/** The values, once all rows were taken: the caller's. */
	async finish(): Promise<TapData> {
		const heads = this.#spec.shape[1] ?? 1;
		for (const [from, sum] of this.#sums)
			this.#pieces.push({ tensor: tf.keep(tf.tidy(() => tf.mul(sum, 1 / heads))), start: from * this.#tokens });
		for (const { tensor, start } of this.#pieces) this.#write((await tensor.data()) as Float32Array, start);
		const spec = partSpec(this.#spec, this.#part);
		if (!this.#halves) return { ...spec, data: this.#data };
		if (isMean(this.#part) && this.#readsAtOnce) roundInto(this.#halves, this.#data);
		return { ...spec, data: new Float32Array(), halves: this.#halves };
	}

	dispose(): void {
		tf.dispose([...this.#pieces.map(({ tensor }) => tensor), ...this.#sums.values()]);
	}
}
