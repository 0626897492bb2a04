import * as tf from '@tensorflow/tfjs-core';
import { applyEdit } from './edits/apply';
import { gradientBefore } from './edits/gradient';
import { headsApart, headsBeside, pixelsApart } from './edits/layout';
import type { Replaced } from './edits/parameters';
import type { EditPlan, PlannedTap } from './edits/plan';
import { keepAsked, type Fate, type KeepPolicy } from './keep';
import { QKV } from './kept';
import { fromPatches } from './ops/patches';
import { RunTaps, type Remake } from './run-taps';
import type { TapSpec } from './tap';

/** What a run does otherwise than the model, and the other runs that this reads. */
export interface Edited {
	readonly plan: EditPlan;
	/** By the names that the edits give them; they stay their owner's. */
	readonly runs: ReadonlyMap<string, Trace>;
	/** Parameters that it has otherwise, by those of the model: the trace's from now on. */
	readonly replaced: Replaced;
}

/**
 * Owns the intermediates of one run, and is the door through which they are changed. The forward pass hands every
 * intermediate to it and goes on with what it gets back; a reader asks for a tap by name and gets its values; `dispose`
 * gives everything back. Which taps stay, its policy says; one that does not is computed again when somebody asks, with all
 * others of its step, and nobody who asks need know.
 */
export class Trace extends RunTaps {
	readonly #edited: Edited | null;

	/** @param specs the taps of the model @param policy by default all are kept; those that the edits read are in any case */
	constructor(specs: readonly TapSpec[], policy: KeepPolicy = keepAsked(), edited: Edited | null = null) {
		super(edited?.plan.specs ?? new Map(specs.map((spec) => [spec.name, spec])), policy);
		this.#edited = edited;
	}

	override fateOf(name: string): Fate | null {
		const fate = super.fateOf(name);
		if (fate === null || !this.#edited) return fate;
		if (this.#edited.plan.read.has(name)) return 'kept';
		// The other run may be gone by the time at which it would be asked again.
		return fate === 'again' && this.#takes(name) ? 'kept' : fate;
	}

	/** As for any taps; parameters that only the run itself needed go. */
	override remakeBy(remake: Remake): void {
		super.remakeBy(remake);
		if (!this.remakes) tf.dispose([...this.replaced.values()]);
	}

	/** As for any taps; and nothing changes it. */
	override passes(name: string): boolean {
		return super.passes(name) && !this.changes(name);
	}

	/** As for any taps; and nothing changes it. */
	override isGone(name: string): boolean {
		return super.isGone(name) && !this.changes(name);
	}

	/** As for any taps; and nothing changes them. */
	override doesWithout(names: readonly string[]): boolean {
		return !names.some((name) => this.changes(name)) && super.doesWithout(names);
	}

	/** Parameters that this run has otherwise, by those of the model. They stay the trace's. */
	get replaced(): Replaced {
		return this.#edited?.replaced ?? new Map();
	}

	/** Changes an intermediate, where an edit says so, notes it and hands it on. Its values, in order, are the tap's. */
	tap<T extends tf.Tensor>(name: string, tensor: T): T {
		const known = this.known(name);
		if (known) return known as T;
		const changed = this.#change(name, tensor, null);
		this.note(name, changed, null);
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
		const names = QKV.map((name) => `${block}.${name}`);
		const [known] = names.flatMap((name) => this.known(name) ?? []);
		if (known) return this.#noteQkv(names, known as tf.Tensor2D);
		const changed = names.reduce((tensor, name, part) => this.#change(name, tensor, part), qkv);
		return this.#noteQkv(names, changed);
	}

	/** Notes an intermediate that has its heads side by side; the tap has them apart. @param tensor (n, d) */
	tapHeads(name: string, tensor: tf.Tensor2D): tf.Tensor2D {
		const known = this.known(name);
		if (known) return known as tf.Tensor2D;
		const changed = this.#change(name, tensor, 0);
		this.note(name, changed, 0);
		return changed;
	}

	/** What the run does otherwise than the model; null where that is nothing. */
	get plan(): EditPlan | null {
		return this.#edited?.plan ?? null;
	}

	/** Whether this run changes a tap or a parameter. */
	changes(name: string): boolean {
		return this.#edited?.plan.taps.has(name) ?? false;
	}

	/**
	 * What a gradient with respect to a tap, as this run has it, becomes with respect to what the pass made there, before
	 * the edits. Called inside `tf.tidy`, whose it is.
	 * @param part of a tensor that has several taps side by side, see {@link tapQkv}; null of one that has its own
	 * @throws PatchworkError `request` for an edit that a gradient cannot be followed through
	 */
	beforeEdits<T extends tf.Tensor>(name: string, gradient: T, part: number | null): T {
		const planned = this.#edited?.plan.taps.get(name);
		// Nothing lies before the pixels.
		if (!planned || planned.patchSize !== null) return gradient;
		const shaped = shapesOf(planned);
		const seen = part === null ? gradient : headsApart(gradient as tf.Tensor as tf.Tensor2D, planned.shape, part);
		const last = tf.reshape(seen, [...(shaped.at(-1) ?? [])]);
		const before = planned.edits.reduceRight<tf.Tensor>(
			(g, edit, i) => gradientBefore(g, edit, shaped[i] ?? [], name),
			last
		);
		if (part !== null) return headsBeside(gradient as tf.Tensor as tf.Tensor2D, before, part) as tf.Tensor as T;
		return tf.reshape(before, before.shape.slice(before.rank - gradient.rank)) as T;
	}

	/** Takes over the taps of another run of the same input that are named, by the same numbers in memory. */
	adopt(other: Trace, isMeant: (name: string) => boolean): void {
		for (const [name, { tensor, part }] of other.kept.entries) {
			// A reshape shares the numbers on every backend; a clone copies them on wasm (tfjs 4.22).
			if (isMeant(name) && this.fateOf(name) === 'kept') this.note(name, tf.reshape(tensor, tensor.shape), part);
		}
	}

	/** Takes over one tap, even where the other run computes it again. @returns whether it is there now */
	take(other: Trace, name: string): boolean {
		if (this.has(name)) return true;
		const entry = other.entryOf(name);
		if (entry) this.note(name, tf.reshape(entry.tensor, entry.tensor.shape), entry.part);
		return this.has(name);
	}

	override get memory(): ReadonlyMap<object, number> {
		const own = this.remakes ? [...this.replaced.values()] : [];
		return new Map([...super.memory, ...own.map(({ dataId, size }) => [dataId, 4 * size] as const)]);
	}

	override dispose(): void {
		super.dispose();
		tf.dispose([...this.replaced.values()]);
	}

	/** Whether an edit of a tap takes numbers from another run. */
	#takes(name: string): boolean {
		return this.#edited?.plan.taps.get(name)?.edits.some(({ kind }) => ['replace', 'photos'].includes(kind)) ?? false;
	}

	#noteQkv(names: readonly string[], qkv: tf.Tensor2D): tf.Tensor2D {
		for (const [part, name] of names.entries()) this.note(name, qkv, part);
		return qkv;
	}

	/** @param part as in `KeptTaps.note` */
	#change<T extends tf.Tensor>(name: string, tensor: T, part: number | null): T {
		const planned = this.#edited?.plan.taps.get(name);
		if (!planned) return tensor;
		return tf.tidy(() => {
			const seen = this.#seen(tensor, planned, part);
			const changed = planned.edits.reduce((x, edit) => applyEdit(x, edit, this.#elsewhere(name, planned)), seen);
			if (part !== null) return headsBeside(tensor as unknown as tf.Tensor2D, changed, part) as tf.Tensor as T;
			if (planned.patchSize !== null) return fromPatches(changed, tensor.shape, planned.patchSize) as tf.Tensor as T;
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
}

/** The shape of a tap before each of its edits, and after the last. */
function shapesOf({ shape, edits }: PlannedTap): (readonly number[])[] {
	const shapes: (readonly number[])[] = [shape];
	for (const edit of edits) {
		const before = shapes.at(-1) ?? [];
		shapes.push(edit.kind === 'take' ? before.with(edit.axis, edit.places.length) : before);
	}
	return shapes;
}
