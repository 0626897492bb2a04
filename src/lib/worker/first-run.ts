import type { PhotoInput, Requests, RunAnswer } from './protocol';

type Asked = Requests['run']['params'];

/** The run of the sample with which a visit begins, made while the page is still on its way to asking for it. */
export class FirstRun {
	readonly #forget: (run: number) => void;
	#made: { readonly sample: string; readonly answer: RunAnswer } | null = null;
	#over = false;

	/** @param forget lets go of a run that nobody has asked for */
	constructor(forget: (run: number) => void) {
		this.#forget = forget;
	}

	/** Whether the page has asked for a run, so that none is to be made ahead of it any more. */
	get over(): boolean {
		return this.#over;
	}

	keep(sample: string, answer: RunAnswer): void {
		this.#made = { sample, answer };
	}

	/** The answer, where what is asked for is this run and no other; else null, and the run is forgotten. */
	take(asked: Asked): RunAnswer | null {
		const made = this.#made;
		this.#over = true;
		if (!made || !('photo' in asked) || asked.sample !== made.sample || !isPlain(asked)) {
			this.drop();
			return null;
		}
		this.#made = null;
		asked.photo.close();
		return made.answer;
	}

	/** Forgets it: another model is in use. */
	drop(): void {
		if (this.#made) this.#forget(this.#made.answer.run);
		this.#made = null;
	}
}

/** Whether a photo is looked at as models look at photos: its centre, at the model's own size, with nothing changed. */
function isPlain({ crop, imageSize, like = null, edits = [], names = null }: Asked & PhotoInput): boolean {
	return [crop, imageSize, like, names].every((wish) => wish === null) && edits.length === 0;
}
