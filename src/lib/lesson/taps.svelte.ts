import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { TapData } from '../engine/tap';
import type { Tap } from '../figures/figure';

/** Reads the values of taps and parameters, in the order of `names`. */
export type ReadTaps = (names: readonly string[]) => Promise<TapData[]>;

/** The taps of one run that were asked for so far. Each is read once, while there is room for all of them. */
export class Taps {
	readonly #values = new SvelteMap<string, TapData>();
	// Which are under way is nothing that a figure shows, so it need not be reactive.
	// eslint-disable-next-line svelte/prefer-svelte-reactivity
	readonly #asked = new Map<string, Promise<void>>();
	readonly #read: ReadTaps;
	readonly #most: number;
	/** What was asked for last. */
	#wanted: readonly string[] = [];
	#error = $state.raw<unknown>(null);

	/** @param most bytes of taps that are held: beyond it, all go that the figure does not read that has asked last */
	constructor(read: ReadTaps, most = Infinity) {
		this.#read = read;
		this.#most = most;
	}

	/** What went wrong with the last question, or null. */
	get error(): unknown {
		return this.#error;
	}

	/** The named taps, or null until all are there; what is missing is asked for. Reactive. All there, nothing is wrong. */
	look(names: readonly string[]): Tap | null {
		const missing = names.filter((name) => !this.#values.has(name));
		// Nothing may change while a derived value is computed, so the question waits for the end of this task.
		if (missing.length > 0) queueMicrotask(() => void this.load(names).catch(() => undefined));
		// What went wrong was another question, and the reader has gone back from it.
		else if (untrack(() => this.#error) !== null) queueMicrotask(() => (this.#error = null));
		return missing.length > 0 ? null : this.#pick(names);
	}

	/** The named taps, when all are there. @throws whatever reading throws */
	async load(names: readonly string[]): Promise<Tap> {
		this.#wanted = names;
		const missing = names.filter((name) => !this.#asked.has(name));
		if (missing.length > 0) {
			const reading = this.#take(missing);
			for (const name of missing) this.#asked.set(name, reading);
		}
		await Promise.all(names.map((name) => this.#asked.get(name)));
		// What somebody else asked for meanwhile may have taken the room of some.
		if (names.some((name) => !this.#values.has(name))) return this.load(names);
		return this.#pick(names);
	}

	async #take(names: readonly string[]): Promise<void> {
		try {
			const taps = await this.#read(names);
			this.#makeRoom(taps);
			names.forEach((name, i) => {
				const tap = taps[i];
				if (tap) this.#values.set(name, tap);
			});
			this.#error = null;
		} catch (error) {
			// The next one who needs them asks again.
			for (const name of names) this.#asked.delete(name);
			this.#error = error;
			throw error;
		}
	}

	/** @param coming what was read besides */
	#makeRoom(coming: readonly TapData[]): void {
		const bytes = [...this.#values.values(), ...coming].reduce((sum, { data }) => sum + data.byteLength, 0);
		if (bytes <= this.#most) return;
		for (const name of this.#values.keys()) {
			if (this.#wanted.includes(name)) continue;
			this.#values.delete(name);
			this.#asked.delete(name);
		}
	}

	#pick(names: readonly string[]): Tap {
		// eslint-disable-next-line svelte/prefer-svelte-reactivity -- it is never changed
		const picked = new Map(names.map((name) => [name, this.#values.get(name)]));
		return (name) => {
			const tap = picked.get(name);
			if (!tap) throw new Error(`The figure reads '${name}' and did not declare it among its taps.`);
			return tap;
		};
	}
}
