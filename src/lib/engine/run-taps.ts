import * as tf from '@tensorflow/tfjs-core';
import { PatchworkError } from '../base/errors';
import { AtHand, ENOUGH } from './at-hand';
import type { Fate, KeepPolicy } from './keep';
import { KeptTaps, type Entry } from './kept';
import { bytesOf } from './lean';
import { Gathering, hasParts, type Part } from './part';
import { eachItsOwn, type TapData, type TapSpec } from './tap';

/** Carries out again the step that makes a tap, see `again.ts`. @param wanted what is about to be read */
export type Remake = (tap: string, wanted: ReadonlySet<string>) => void;

/**
 * The taps of one run, to be read: those that it kept and, where its policy says so, those that are computed again when
 * somebody asks, with all others of their step. Whoever asks need not know which is which. It owns them all.
 */
export class RunTaps {
	readonly #specs: ReadonlyMap<string, TapSpec>;
	readonly #policy: KeepPolicy;
	protected readonly kept = new KeptTaps();
	readonly #again: AtHand;
	#remake: Remake | null = null;
	/** Who takes the rows of a large pattern as they are made once more; null while nobody does. */
	#gathering: { readonly name: string; readonly by: Gathering } | null = null;
	/** Reads of what is computed again wait for each other: one step is at hand at a time. */
	#reading: Promise<unknown> = Promise.resolve();

	/** @param specs the taps that the run makes, by name */
	constructor(specs: ReadonlyMap<string, TapSpec>, policy: KeepPolicy) {
		this.#specs = specs;
		this.#policy = policy;
		this.#again = new AtHand(policy.large);
	}

	/** What becomes of a tap; null where the run has none of that name. */
	fateOf(name: string): Fate | null {
		return this.#specs.has(name) ? this.#policy.fateOf(name) : null;
	}

	/** Says how a step is carried out again, once the run has ended. Nothing comes of it where nothing has to be. */
	remakeBy(remake: Remake): void {
		if ([...this.#specs.keys()].some((name) => this.fateOf(name) === 'again')) this.#remake = remake;
	}

	/** Whether some of its taps are computed again when they are read. */
	get remakes(): boolean {
		return this.#remake !== null;
	}

	/**
	 * Whether a tap is so large, and so little asked for, that the pass may do without ever making all of it at once: it is
	 * neither kept nor wanted.
	 */
	passes(name: string): boolean {
		const spec = this.#specs.get(name);
		if (!spec || bytesOf(spec) <= this.#policy.large) return false;
		return this.#again.fills ? this.#again.passes(spec) : this.fateOf(name) !== 'kept';
	}

	/** Whether nobody can ask for a tap, neither now nor later: the pass may do without making it. */
	isGone(name: string): boolean {
		return this.fateOf(name) === 'gone';
	}

	/** Disposes a tensor that the pass no longer needs, unless it is a tap that is kept. */
	release(tensor: tf.Tensor): void {
		if (!this.kept.holds(tensor)) tensor.dispose();
	}

	/** The names of the taps that can be read, in the order in which they were computed. */
	get names(): string[] {
		return this.#remake ? [...this.#specs.keys()].filter((name) => this.fateOf(name) !== 'gone') : this.kept.names;
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
	 * @param part of them, which have to be patterns of one sequence; null for all of each
	 * @throws PatchworkError as {@link read} does, and for a part of what is no such pattern
	 */
	async readAll(names: readonly string[], pause?: () => Promise<void>, part: Part | null = null): Promise<TapData[]> {
		if (part !== null) for (const name of names) checkParts(this.#readable(name));
		const wanted = new Set(names);
		const found = new Map<string, Promise<TapData>>();
		for (const [name, spec] of this.#specs) {
			if (wanted.has(name)) found.set(name, this.#readOne(spec, wanted, pause, part));
		}
		const read = names.map(async (name) => (await found.get(name)) ?? this.kept.read(this.#readable(name)));
		return eachItsOwn(await Promise.all(read));
	}

	/** Hands a pattern on that is made piece by piece, for whoever may be waiting for it. @param rows as `Gathering.take` has them */
	passRows(name: string, rows: tf.Tensor3D): void {
		if (this.#gathering?.name !== name) return;
		this.#gathering.by.take(rows);
		if (this.#gathering.by.isWhole) throw ENOUGH;
	}

	/** Whether a tap's values are there, and need not be computed again. */
	has(name: string): boolean {
		return (this.kept.get(name) ?? this.#again.get(name)) !== undefined;
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
		return (this.entryOf(name)?.tensor as tf.Tensor2D | undefined) ?? null;
	}

	/** The same, with the part of it that is the tap's; null where it cannot be read. */
	entryOf(name: string): Entry | null {
		const spec = this.specOf(name);
		return spec && (this.#home(spec, new Set([name])).get(name) ?? null);
	}

	/**
	 * Looks at a step as a whole: what is computed again meanwhile is all of it at once, large or not, and stays until another
	 * step is asked for.
	 */
	whole<T>(look: () => T): T {
		return this.#again.whole(look);
	}

	/**
	 * While a step is looked at as a whole: whether some of its taps need not be there, for they are large and were let go of.
	 * The step is then carried out again without making them whole.
	 */
	doesWithout(names: readonly string[]): boolean {
		const does = names.every((name) => this.#isLargeAgain(name));
		if (does) this.#again.doWithout(names);
		return does;
	}

	#isLargeAgain(name: string): boolean {
		const spec = this.#specs.get(name);
		return !!spec && bytesOf(spec) > this.#policy.large && this.fateOf(name) === 'again' && !this.has(name);
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

	/** Where the numbers are that it keeps, each with its bytes. What it shares with another run is the same place in both. */
	get memory(): ReadonlyMap<object, number> {
		return new Map([...this.kept.memory, ...this.#again.taps.memory]);
	}

	/** Gives all tensors back. Nothing can be read afterwards. */
	dispose(): void {
		this.#remake = null;
		this.kept.dispose();
		this.#again.dispose();
	}

	/** What a step that is carried out again went on with at a tap, where that is there. */
	protected known(name: string): tf.Tensor | undefined {
		return this.#again.fills ? (this.kept.get(name) ?? this.#again.get(name))?.tensor : undefined;
	}

	/** Keeps a tap that stays, or has at hand what is computed again. */
	protected note(name: string, tensor: tf.Tensor, part: number | null): void {
		const [spec, fate] = [this.#specs.get(name), this.fateOf(name)];
		if (!spec) throw new Error(`The forward pass makes a tap '${name}' that its family does not list.`);
		if (this.#again.fills) {
			// What stays may be noted under another name, too: then the same numbers have two owners.
			const own = this.kept.holds(tensor) ? tf.reshape(tensor, tensor.shape) : tensor;
			if (fate === 'again') this.#again.note(spec, own, part);
		} else if (fate === 'kept') this.kept.note(name, tensor, part);
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
		if (this.kept.get(name)) return this.kept;
		if (!this.#again.get(name)) this.#remake?.(name, wanted);
		return this.#again.taps;
	}

	async #readOne(
		spec: TapSpec,
		wanted: ReadonlySet<string>,
		pause: (() => Promise<void>) | undefined,
		part: Part | null
	): Promise<TapData> {
		this.#readable(spec.name);
		if (part === null && this.kept.get(spec.name)) return this.kept.read(spec);
		const read = this.#reading.then(async () => {
			if (!this.has(spec.name)) await pause?.();
			if (part !== null || this.#isGathered(spec, wanted)) return this.#gather(spec, part);
			return this.#home(this.#readable(spec.name), wanted).read(spec);
		});
		this.#reading = read.catch(() => undefined);
		return read;
	}

	/** Whether a pattern is so large that not even what reads all of it has all heads made at once: unless its scores are read, too. */
	#isGathered(spec: TapSpec, wanted: ReadonlySet<string>): boolean {
		const isLarge = bytesOf(spec) > this.#policy.large && hasParts(spec);
		return isLarge && !this.has(spec.name) && !wanted.has(spec.name.replace(/pattern$/, 'scores'));
	}

	/** A pattern, or a part of it, piece by piece. */
	async #gather(spec: TapSpec, part: Part | null): Promise<TapData> {
		const gathering = new Gathering(spec, part);
		try {
			if (!this.#gatherAgain(spec, gathering)) {
				const [, heads = 0, tokens = 0] = spec.shape;
				tf.tidy(() => {
					const pattern = tf.reshape(this.tensor(spec.name), [heads, tokens, tokens]) as tf.Tensor3D;
					for (let head = 0; head < heads; head++)
						tf.tidy(() => gathering.take(tf.slice(pattern, [head, 0, 0], [1, tokens, tokens])));
				});
			}
			return await gathering.finish();
		} finally {
			gathering.dispose();
		}
	}

	/** Has a large pattern made again, piece by piece. @returns whether it was: not where it is there, or changed by an edit */
	#gatherAgain(spec: TapSpec, by: Gathering): boolean {
		if (this.has(spec.name) || bytesOf(spec) <= this.#policy.large) return false;
		this.#gathering = { name: spec.name, by };
		try {
			this.#remake?.(spec.name, new Set());
			return by.isWhole;
		} finally {
			this.#gathering = null;
		}
	}
}

/** @throws PatchworkError `request` for a tap of which there are no parts */
function checkParts(spec: TapSpec): void {
	if (hasParts(spec)) return;
	throw new PatchworkError('request', `The tap '${spec.name}' is no pattern of one sequence: it is read as a whole.`);
}
