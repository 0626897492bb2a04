import { isRecord } from '../../base/json';
import { whenWrittenElsewhere } from '../../base/other-tabs';
import { isNear } from './measured';
import { QUESTION_IDS, type QuestionId } from './names';

const KEY = 'patchwork.guesses';

type Kept = Readonly<Partial<Record<QuestionId, number>>>;

const isGuess = (value: unknown): value is number =>
	Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 100;

/** What is kept, without whatever is not as we write it. */
function stored(): Kept {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
		if (!isRecord(kept)) return {};
		return Object.fromEntries(QUESTION_IDS.filter((id) => isGuess(kept[id])).map((id) => [id, kept[id]]));
	} catch {
		return {};
	}
}

/** What the reader guessed, in whole percent, kept on this device where storage is allowed. */
export class Guesses {
	#made = $state.raw<Kept>({});
	#restored = false;

	/** Takes up what was kept. Called once the page runs. */
	restore(): void {
		if (this.#restored) return;
		this.#restored = true;
		this.#made = { ...stored(), ...this.#made };
	}

	/** Goes by what another tab has written. */
	lookAgain(): void {
		this.#restored = true;
		this.#made = stored();
	}

	/** The guess that was made, or null. */
	of(id: QuestionId): number | null {
		return this.#made[id] ?? null;
	}

	make(id: QuestionId, guess: number): void {
		this.restore();
		this.#keep({ ...this.#made, [id]: guess });
	}

	/** Takes one guess back. */
	forget(id: QuestionId): void {
		this.restore();
		this.#keep(Object.fromEntries(Object.entries(this.#made).filter(([key]) => key !== id)));
	}

	/** Takes all back. */
	reset(): void {
		this.#restored = true;
		this.#keep({});
	}

	/** How many there are, and how many of them were near. */
	get score(): { readonly made: number; readonly near: number } {
		const made = QUESTION_IDS.filter((id) => this.of(id) !== null);
		return { made: made.length, near: made.filter((id) => isNear(id, this.of(id) ?? NaN)).length };
	}

	#keep(made: Kept): void {
		this.#made = made;
		try {
			localStorage.setItem(KEY, JSON.stringify(made));
		} catch {
			// A browser that keeps nothing forgets the guesses with the page, and the page goes on all the same.
		}
	}
}

export const guesses = new Guesses();
whenWrittenElsewhere(KEY, () => guesses.lookAgain());
