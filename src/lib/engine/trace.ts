import * as tf from '@tensorflow/tfjs-core';
import { PatchworkError } from '../base/errors';
import { AtHand } from './at-hand';
import { applyEdit } from './edits/apply';
import { gradientBefore } from './edits/gradient';
import { headsApart, headsBeside, pixelsApart } from './edits/layout';
import type { Replaced } from './edits/parameters';
import type { EditPlan, PlannedTap } from './edits/plan';
import { keepAsked, type Fate, type KeepPolicy } from './keep';
import { KeptTaps, QKV } from './kept';
import { bytesOf } from './lean';
import { fromPatches } from './ops/patches';
import type { TapData, TapSpec } from './tap';

/** What a run does otherwise than the model, and the other runs that this reads. */
export interface Edited {
	readonly plan: EditPlan;
	/** By the names that the edits give them; they stay their owner's. */
	readonly runs: ReadonlyMap<string, Trace>;
	/** Parameters that it has otherwise, by those of the model: the trace's from now on. */
	readonly replaced: Replaced;
}

/** Carries out again the step that makes a tap, see `again.ts`. @param wanted what is about to be read */
export type Remake = (tap: string, wanted: ReadonlySet<string>) => void;

/**
 * Owns the intermediates of one run, and is the door through which they are changed. The forward pass hands every
 * intermediate to it and goes on with what it gets back; a reader asks for a tap by name and gets its values; `dispose`
 * gives everything back. Which taps stay, its policy says; one that does not is computed again when somebody asks, with all
 * others of its step, and nobody who asks need know.
 */
export class Trace {
	readonly #specs: ReadonlyMap<string, TapSpec>;
	readonly #kept = new KeptTaps();
	readonly #policy: KeepPolicy;
	readonly #edited: Edited | null;
	readonly #again: AtHand;
	#remake: Remake | null = null;
	/** Reads of what is computed again wait for each other: one step is at hand at a time. */
	#reading: Promise<unknown> = Promise.resolve();

	/** @param specs the taps of the model @param policy by default all are kept; those that the edits read are in any case */
	constructor(specs: readonly TapSpec[], policy: KeepPolicy = keepAsked(), edited: Edited | null = null) {
		this.#specs = edited?.plan.specs ?? new Map(specs.map((spec) => [spec.name, spec]));
		this.#policy = policy;
		this.#again = new AtHand(policy.large);
		this.#edited = edited;
	}

	/** What becomes of a tap; null where the run has none of that name. */
	fateOf(name: string): Fate | null {
		if (!this.#specs.has(name)) return null;
		if (this.#edited?.plan.read.has(name)) return 'kept';
		const fate = this.#policy.fateOf(name);
		// The other run may be gone by the time at which it would be asked again.
		return fate === 'again' && this.#takes(name) ? 'kept' : fate;
	}

	/** Says how a step is carried out again, once the run has ended: what only the run itself needed goes. */
	remakeBy(remake: Remake): void {
		if ([...this.#specs.keys()].some((name) => this.fateOf(name) === 'again')) this.#remake = remake;
		else tf.dispose([...this.replaced.values()]);
	}

	/** Parameters that this run has otherwise, by those of the model. They stay the trace's. */
	get replaced(): Replaced {
		return this.#edited?.replaced ?? new Map();
	}

	/** Changes an intermediate, where an edit says so, notes it and hands it on. Its values, in order, are the tap's. */
	tap<T extends tf.Tensor>(name: string, tensor: T): T {
		const known = this.#known(name);
		if (known) return known as T;
		const changed = this.#change(name, tensor, null);
		this.#note(name, changed, null);
		return changed;
	}

	/**
	 * Whether a tap is so large, and so little asked for, that the pass may do without ever making all of it at once: it is
	 * neither kept nor wanted nor changed.
	 */
	passes(name: string): boolean {
		const spec = this.#specs.get(name);
		if (!spec || bytesOf(spec) <= this.#policy.large || this.changes(name)) return false;
		return this.#again.fills ? this.#again.passes(spec) : this.fateOf(name) !== 'kept';
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
		const [known] = names.flatMap((name) => this.#known(name) ?? []);
		if (known) return this.#noteQkv(names, known as tf.Tensor2D);
		const changed = names.reduce((tensor, name, part) => this.#change(name, tensor, part), qkv);
		return this.#noteQkv(names, changed);
	}

	/** Notes an intermediate that has its heads side by side; the tap has them apart. @param tensor (n, d) */
	tapHeads(name: string, tensor: tf.Tensor2D): tf.Tensor2D {
		const known = this.#known(name);
		if (known) return known as tf.Tensor2D;
		const changed = this.#change(name, tensor, 0);
		this.#note(name, changed, 0);
		return changed;
	}

	/** Disposes a tensor that the pass no longer needs, unless it is a tap that is kept. */
	release(tensor: tf.Tensor): void {
		if (!this.#kept.holds(tensor)) tensor.dispose();
	}

	/** What the run does otherwise than the model; null where that is nothing. */
	get plan(): EditPlan | null {
		return this.#edited?.plan ?? null;
	}

	/** The names of the taps that can be read, in the order in which they were computed. */
	get names(): string[] {
		return this.#remake ? [...this.#specs.keys()].filter((name) => this.fateOf(name) !== 'gone') : this.#kept.names;
	}

	/**
	 * The values of a tap, shaped as PyTorch would have them: a copy, the caller's to keep or to transfer.
	 * @throws PatchworkError `request` when the run has no such tap
	 */
	async read(name: string): Promise<TapData> {
		const [tap] = await this.readAll([name]);
		if (!tap) throw new Error(`Nothing was read of '${name}'.`);
		return tap;
	}

	/**
	 * The values of several taps, in the order of `names`. What has to be computed again is, step by step.
	 * @param pause awaited before each tap that may have to be computed again; throw to cancel
	 * @throws PatchworkError as {@link read} does
	 */
	async readAll(names: readonly string[], pause?: () => Promise<void>): Promise<TapData[]> {
		const wanted = new Set(names);
		const found = new Map<string, Promise<TapData>>();
		for (const [name, spec] of this.#specs) {
			if (wanted.has(name)) found.set(name, this.#readOne(spec, wanted, pause));
		}
		return Promise.all(names.map(async (name) => (await found.get(name)) ?? this.#kept.read(this.#readable(name))));
	}

	/** Whether a tap's values are there, and need not be computed again. */
	has(name: string): boolean {
		return (this.#kept.get(name) ?? this.#again.get(name)) !== undefined;
	}

	/**
	 * A tap as a tensor, shaped as its spec says. Called inside `tf.tidy`, whose it is.
	 * @throws PatchworkError `request` when the run has no such tap
	 */
	tensor(name: string): tf.Tensor {
		return this.#home(this.#readable(name), new Set([name])).tensor(this.#readable(name));
	}

	/** What this run makes under a name, whether it kept it or not; null where it makes nothing of that name. */
	listed(name: string): TapSpec | null {
		return this.#specs.get(name) ?? null;
	}

	/** The tokens that are left where a tap is made, by the numbers that they had in all of it; null for all. */
	tokensAt(name: string): readonly number[] | null {
		return this.#specs.get(name)?.tokens ?? null;
	}

	/** What is known of a tap that can be read; null where it cannot. */
	specOf(name: string): TapSpec | null {
		return this.#canRead(name) ? (this.#specs.get(name) ?? null) : null;
	}

	/**
	 * What the pass went on with at a tap, as the pass has it. Stays the trace's, and may go when a tap of another step is
	 * asked for. @returns null where it cannot be read
	 */
	handedOn(name: string): tf.Tensor2D | null {
		const spec = this.specOf(name);
		return spec && ((this.#home(spec, new Set([name])).get(name)?.tensor as tf.Tensor2D | undefined) ?? null);
	}

	/** Notes what a step makes once more. @param wanted as in {@link Remake} */
	refill(step: string, pass: () => void, wanted: ReadonlySet<string>): void {
		const made = [...this.#specs.values()].filter(
			({ name }) => name.startsWith(`${step}.`) && this.fateOf(name) === 'again'
		);
		this.#again.fill(step, made, wanted, pass);
	}

	/** Lets go of what was computed again. It will be once more, where somebody asks. */
	rest(): void {
		this.#again.dispose();
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
		for (const [name, { tensor, part }] of other.#kept.entries) {
			// A reshape shares the numbers on every backend; a clone copies them on wasm (tfjs 4.22).
			if (isMeant(name) && this.fateOf(name) === 'kept') this.#note(name, tf.reshape(tensor, tensor.shape), part);
		}
	}

	/** Where the numbers are that it keeps, each with its bytes. What it shares with another run is the same place in both. */
	get memory(): ReadonlyMap<object, number> {
		return new Map([...this.#kept.memory, ...this.#again.taps.memory]);
	}

	/** Gives all tensors back. The trace can't be read afterwards. */
	dispose(): void {
		this.#remake = null;
		this.#kept.dispose();
		this.#again.dispose();
		tf.dispose([...this.replaced.values()]);
	}

	#canRead(name: string): boolean {
		return this.has(name) || (this.#remake !== null && this.fateOf(name) === 'again');
	}

	#readable(name: string): TapSpec {
		const spec = this.#specs.get(name);
		if (spec && this.#canRead(name)) return spec;
		const why = spec ? `did not keep its tap '${name}'` : `has no tap named '${name}'`;
		throw new PatchworkError('request', `This run ${why}; ask for one of those it kept.`);
	}

	/** Where a tap is that can be read; it is computed again where it has to be. */
	#home({ name }: TapSpec, wanted: ReadonlySet<string>): KeptTaps {
		if (this.#kept.get(name)) return this.#kept;
		if (!this.#again.get(name)) this.#remake?.(name, wanted);
		return this.#again.taps;
	}

	async #readOne(spec: TapSpec, wanted: ReadonlySet<string>, pause?: () => Promise<void>): Promise<TapData> {
		this.#readable(spec.name);
		if (this.#kept.get(spec.name)) return this.#kept.read(spec);
		const read = this.#reading.then(async () => {
			if (!this.has(spec.name)) await pause?.();
			return this.#home(this.#readable(spec.name), wanted).read(spec);
		});
		this.#reading = read.catch(() => undefined);
		return read;
	}

	/** Whether an edit of a tap takes numbers from another run. */
	#takes(name: string): boolean {
		return this.#edited?.plan.taps.get(name)?.edits.some(({ kind }) => ['replace', 'photos'].includes(kind)) ?? false;
	}

	/** What a step that is carried out again went on with at a tap, where that is there. */
	#known(name: string): tf.Tensor | undefined {
		return this.#again.fills ? (this.#kept.get(name) ?? this.#again.get(name))?.tensor : undefined;
	}

	#noteQkv(names: readonly string[], qkv: tf.Tensor2D): tf.Tensor2D {
		for (const [part, name] of names.entries()) this.#note(name, qkv, part);
		return qkv;
	}

	/** @param part as in {@link KeptTaps.note} */
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

	/** Keeps a tap that stays, or has at hand what is computed again. */
	#note(name: string, tensor: tf.Tensor, part: number | null): void {
		const [spec, fate] = [this.#specs.get(name), this.fateOf(name)];
		if (!spec) throw new Error(`The forward pass makes a tap '${name}' that its family does not list.`);
		if (this.#again.fills) {
			// What stays may be noted under another name, too: then the same numbers have two owners.
			const own = this.#kept.holds(tensor) ? tf.reshape(tensor, tensor.shape) : tensor;
			if (fate === 'again') this.#again.note(spec, own, part);
		} else if (fate === 'kept') this.#kept.note(name, tensor, part);
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
