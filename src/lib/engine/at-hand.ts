import * as tf from '@tensorflow/tfjs-core';
import { KeptTaps, type Entry } from './kept';
import { bytesOf } from './lean';
import type { TapSpec } from './tap';

/**
 * Thrown where all that is wanted is there, to end a step that is carried out again. It is nobody's fault and has no trace:
 * with a browser's tools open, one that is made while a script loads has all of the script read once more.
 */
export const ENOUGH = Object.create(Error.prototype) as Error;

/**
 * What was computed again: the taps of the one step that was looked at last. Large ones are only there where they were
 * asked for, and a step that is carried out for one of them alone ends as soon as it is there.
 */
export class AtHand {
	#taps = new KeptTaps();
	#step = '';
	#wanted: ReadonlySet<string> | null = null;
	#hurries = false;
	#isWhole = false;
	/** Taps that go by although all of the step is wanted. */
	#without: ReadonlySet<string> = new Set();
	readonly #large: number;

	/** @param large a tap of more bytes is only noted where it is asked for */
	constructor(large: number) {
		this.#large = large;
	}

	get(name: string): Entry | undefined {
		return this.#taps.get(name);
	}

	get taps(): KeptTaps {
		return this.#taps;
	}

	/** Whether a step is being carried out again. */
	get fills(): boolean {
		return this.#wanted !== null;
	}

	/** Whether a tap goes by without being noted, as the step is carried out again. */
	passes(spec: TapSpec): boolean {
		const isMeant = this.#isWhole && !this.#without.has(spec.name);
		return !isMeant && this.#isLarge(spec) && !this.#wanted?.has(spec.name);
	}

	/** While `look` goes on, all of a step is wanted, and nothing of it makes room for anything else of it. */
	whole<T>(look: () => T): T {
		const before = this.#isWhole;
		this.#isWhole = true;
		try {
			return look();
		} finally {
			this.#isWhole = before;
			this.#without = new Set();
		}
	}

	/** Says that the look at a whole step that goes on does without these, which are large. */
	doWithout(names: readonly string[]): void {
		this.#without = new Set(names);
	}

	#isLarge(spec: TapSpec): boolean {
		return bytesOf(spec) > this.#large;
	}

	/**
	 * Carries a step out again. What was at hand of another step goes first.
	 * @param step what the names of its taps begin with
	 * @param made the taps that it makes
	 * @param wanted those that are about to be read, some perhaps of other steps
	 */
	fill(step: string, made: readonly TapSpec[], wanted: ReadonlySet<string>, pass: () => void): void {
		if (step !== this.#step) this.dispose();
		this.#step = step;
		this.#wanted = new Set(made.flatMap(({ name }) => (wanted.has(name) ? [name] : [])));
		const passing = made.filter((spec) => this.passes(spec));
		this.#hurries =
			!this.#isWhole && passing.length > 0 && made.some((spec) => this.#isLarge(spec) && !this.passes(spec));
		// Beside a large one, small ones count, too: they are soon there again.
		for (const { name } of this.#hurries ? made : passing) if (!this.#wanted.has(name)) this.#taps.drop(name);
		try {
			tf.tidy(pass);
		} catch (error) {
			if (error === ENOUGH) return;
			this.dispose();
			throw error;
		} finally {
			this.#wanted = null;
		}
	}

	/** Notes a tap of the step that is carried out again. */
	note(spec: TapSpec, tensor: tf.Tensor, part: number | null): void {
		if (!this.#taps.get(spec.name) && !this.passes(spec)) this.#taps.note(spec.name, tensor, part);
		if (this.#hurries && [...(this.#wanted ?? [])].every((name) => this.#taps.get(name))) throw ENOUGH;
	}

	dispose(): void {
		this.#taps.dispose();
		this.#step = '';
	}
}
