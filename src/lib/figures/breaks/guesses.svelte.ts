import { betterAt, type Side } from './sides';

/** What the reader guessed in this visit, by the change's name. */
class Guesses {
	#made = $state.raw<Readonly<Record<string, Side>>>({});

	of(change: string): Side | null {
		return this.#made[change] ?? null;
	}

	make(change: string, guess: Side): void {
		this.#made = { ...this.#made, [change]: guess };
	}

	/** How many there are, and how many of them came true. */
	get score(): { readonly made: number; readonly right: number } {
		const made = Object.entries(this.#made);
		return { made: made.length, right: made.filter(([change, guess]) => betterAt(change) === guess).length };
	}

	reset(): void {
		this.#made = {};
	}
}

export const guesses = new Guesses();
