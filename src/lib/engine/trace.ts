import * as tf from '@tensorflow/tfjs-core';
import { PatchworkError } from '../base/errors';
import { applyEdit } from './edits/apply';
import { headsApart, headsBeside, pixelsApart, pixelsTogether } from './edits/layout';
import type { EditPlan, PlannedTap } from './edits/plan';
import { keepAsked, type Fate, type KeepPolicy } from './keep';
import type { TapData, TapSpec } from './tap';

/** Where a tap's values are: a whole tensor, or (with `part`) one part of (n, parts * d), whose heads are then set apart. */
interface Entry {
	readonly tensor: tf.Tensor;
	readonly part: number | null;
}

/** What a run does otherwise than the model, and the other runs that this reads. */
export interface Edited {
	readonly plan: EditPlan;
	/** By the names that the edits give them; they stay their owner's. */
	readonly runs: ReadonlyMap<string, Trace>;
}

/**
 * Owns the intermediates of one run, and is the door through which they are changed. The forward pass hands every
 * intermediate to it and goes on with what it gets back; a reader asks for a tap by name and gets its values; `dispose`
 * gives everything back. Which taps stay, its policy says.
 */
export class Trace {
	readonly #specs: ReadonlyMap<string, TapSpec>;
	readonly #entries = new Map<string, Entry>();
	readonly #kept = new Set<tf.Tensor>();
	readonly #policy: KeepPolicy;
	readonly #edited: Edited | null;

	/** @param specs the taps of the model @param policy by default all are kept; those that the edits read are in any case */
	constructor(specs: readonly TapSpec[], policy: KeepPolicy = keepAsked(), edited: Edited | null = null) {
		this.#specs = edited?.plan.specs ?? new Map(specs.map((spec) => [spec.name, spec]));
		this.#policy = policy;
		this.#edited = edited;
	}

	/** What becomes of a tap; null where the run has none of that name. */
	fateOf(name: string): Fate | null {
		if (!this.#specs.has(name)) return null;
		return this.#edited?.plan.read.has(name) ? 'kept' : this.#policy.fateOf(name);
	}

	/** Changes an intermediate, where an edit says so, notes it and hands it on. Its values, in order, are the tap's. */
	tap<T extends tf.Tensor>(name: string, tensor: T): T {
		const changed = this.#change(name, tensor, null);
		this.#note(name, changed, null);
		return changed;
	}

	/** A parameter of the embedding as this run has it. It is not noted. @param name e.g. `parameters.pos_embed` */
	parameter<T extends tf.Tensor>(name: string, tensor: T): T {
		return this.#change(name, tensor, null);
	}

	/** Whether a block is passed by. */
	skips(block: string): boolean {
		return this.#edited?.plan.skipped.has(block) ?? false;
	}

	/** Notes a block's `query`, `key` and `value` from the layer that makes all three. @param qkv (n, 3 d) */
	tapQkv(block: string, qkv: tf.Tensor2D): tf.Tensor2D {
		const names = ['query', 'key', 'value'].map((name) => `${block}.${name}`);
		const changed = names.reduce((tensor, name, part) => this.#change(name, tensor, part), qkv);
		for (const [part, name] of names.entries()) this.#note(name, changed, part);
		return changed;
	}

	/** Notes an intermediate that has its heads side by side; the tap has them apart. @param tensor (n, d) */
	tapHeads(name: string, tensor: tf.Tensor2D): tf.Tensor2D {
		const changed = this.#change(name, tensor, 0);
		this.#note(name, changed, 0);
		return changed;
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
		const { entry, spec } = this.#entry(name);
		const data = (await entry.tensor.data()) as Float32Array;
		return { ...spec, data: entry.part === null ? data.slice() : splitHeads(data, spec.shape, entry.part) };
	}

	/**
	 * A tap as a tensor, shaped as its spec says. Called inside `tf.tidy`, whose it is.
	 * @throws PatchworkError `request` when the run has no such tap
	 */
	tensor(name: string): tf.Tensor {
		const { entry, spec } = this.#entry(name);
		if (entry.part === null) return tf.reshape(entry.tensor, [...spec.shape]);
		return headsApart(entry.tensor as tf.Tensor2D, spec.shape, entry.part);
	}

	/** What is known of a tap that can be read; null where it was not kept. */
	specOf(name: string): TapSpec | null {
		return this.#entries.has(name) ? (this.#specs.get(name) ?? null) : null;
	}

	/** What a step handed on, as the pass has it. Stays the trace's. @returns null where it was not kept */
	handedOn(name: string): tf.Tensor2D | null {
		return (this.#entries.get(name)?.tensor as tf.Tensor2D | undefined) ?? null;
	}

	/** Takes over the taps of another run of the same input that are named, by the same numbers in memory. */
	adopt(other: Trace, isMeant: (name: string) => boolean): void {
		for (const [name, { tensor, part }] of other.#entries) {
			// A reshape shares the numbers on every backend; a clone copies them on wasm (tfjs 4.22).
			if (isMeant(name) && this.fateOf(name) === 'kept') this.#note(name, tf.reshape(tensor, tensor.shape), part);
		}
	}

	/** Where the numbers are that it keeps, each with its bytes. What it shares with another run is the same place in both. */
	get memory(): ReadonlyMap<object, number> {
		return new Map([...this.#kept].map(({ dataId, dtype, size }) => [dataId, size * tf.util.bytesPerElement(dtype)]));
	}

	/** Gives all tensors back. The trace can't be read afterwards. */
	dispose(): void {
		for (const tensor of this.#kept) tensor.dispose();
		this.#kept.clear();
		this.#entries.clear();
	}

	#entry(name: string): { readonly entry: Entry; readonly spec: TapSpec } {
		const entry = this.#entries.get(name);
		const spec = this.#specs.get(name);
		if (entry && spec) return { entry, spec };
		const why = spec ? `did not keep its tap '${name}'` : `has no tap named '${name}'`;
		throw new PatchworkError('request', `This run ${why}; ask for one of those it kept.`);
	}

	/** @param part as in {@link Entry} */
	#change<T extends tf.Tensor>(name: string, tensor: T, part: number | null): T {
		const planned = this.#edited?.plan.taps.get(name);
		if (!planned) return tensor;
		return tf.tidy(() => {
			const seen = this.#seen(tensor, planned, part);
			const changed = planned.edits.reduce((x, edit) => applyEdit(x, edit, this.#elsewhere(name, planned)), seen);
			if (part !== null) return headsBeside(tensor as unknown as tf.Tensor2D, changed, part) as tf.Tensor as T;
			if (planned.patchSize !== null) return pixelsTogether(changed, tensor.shape, planned.patchSize) as tf.Tensor as T;
			// A tap has a batch axis that the pass does without, and may have lost some of its tokens.
			const fits = changed.size === tensor.size;
			return tf.reshape(changed, fits ? tensor.shape : changed.shape.slice(changed.rank - tensor.rank)) as T;
		});
	}

	/** A tensor as the edits see it. */
	#seen(tensor: tf.Tensor, { shape, patchSize }: PlannedTap, part: number | null): tf.Tensor {
		if (part !== null) return headsApart(tensor as tf.Tensor2D, shape, part);
		return patchSize === null ? tf.reshape(tensor, [...shape]) : pixelsApart(tensor as tf.Tensor4D, patchSize);
	}

	#elsewhere(name: string, planned: PlannedTap) {
		return {
			here: (tap: string) => this.tensor(tap),
			there: (run: string) => {
				const other = this.#edited?.runs.get(run)?.tensor(name);
				if (!other) throw new Error(`The run '${run}' was not handed over.`);
				return this.#seen(other, planned, null);
			}
		};
	}

	/** Keeps a tap that stays. */
	#note(name: string, tensor: tf.Tensor, part: number | null): void {
		const fate = this.fateOf(name);
		if (fate === null) throw new Error(`The forward pass makes a tap '${name}' that its family does not list.`);
		if (fate !== 'kept') return;
		this.#entries.set(name, { tensor, part });
		this.#kept.add(tf.keep(tensor));
	}
}

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
